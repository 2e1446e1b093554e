import type { WeeklyPart } from './weekly-parts.ts';

/** The chart's numbers, for those who want to read or hear them. */
export function SharesTable({ parts }: { readonly parts: readonly WeeklyPart[] }) {
  return (
    <details>
      <summary>The numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Week from</th>
            <th scope="col">Source</th>
            <th scope="col">Tokens</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ start, group, tokens, share }) => (
            <tr key={`${start} ${group}`}>
              <td>{start}</td>
              <td>{group}</td>
              <td>{tokens?.toLocaleString('en') ?? 'not known'}</td>
              <td>{share?.toLocaleString('en', percent) ?? 'not known'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const percent = { style: 'percent', minimumFractionDigits: 2 } as const;
