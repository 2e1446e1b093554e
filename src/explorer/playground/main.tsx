import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { openingText, readAddress } from './address.ts';
import type { EditorText } from './examples.ts';
import { Playground } from './playground.tsx';
import './playground.css';

async function start(page: HTMLElement): Promise<void> {
  let opening: EditorText | undefined;
  let notice = '';
  try {
    opening = await openingText(readAddress());
  } catch (failure) {
    notice = failure instanceof Error ? failure.message : String(failure);
  }
  createRoot(page).render(<Playground opening={opening} notice={notice} />);
}

const page = document.getElementById('page');
if (page !== null) void start(page);
