import { PageFrame } from '../shared/page-frame.tsx';

export function NotFound() {
  return (
    <PageFrame place="" title="Not found">
      <h1>There is nothing at this address</h1>
      <p>
        <a href="/">All figures</a>
      </p>
    </PageFrame>
  );
}
