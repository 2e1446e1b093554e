import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { KeyDialog, useHasKey } from './key-dialog.tsx';
import { places } from './places.ts';
import { latestQuota, onQuotaChange } from './quota.ts';
import { chooseTheme, themeChoice, type ThemeChoice } from './theme.ts';

export interface PageFrameProps {
  /** Address of the place that the page belongs to. */
  readonly place: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** Head, navigation, key and theme around a page of the explorer. */
export function PageFrame({ place, title, children }: PageFrameProps) {
  useEffect(() => {
    document.title = `${title} · Token Atlas`;
  }, [title]);
  return (
    <div class="page">
      <a class="skip-link" href="#main" onClick={focusMain}>
        Skip to content
      </a>
      <header class="page-head">
        <a class="brand" href="/">
          Token Atlas
        </a>
        <nav aria-label="Main">
          {places.map(([address, name]) => (
            <a key={address} href={address} {...(address === place && { 'aria-current': 'page' })}>
              {name}
            </a>
          ))}
        </nav>
        <div class="page-tools">
          <QuotaLeft />
          <KeyButton />
          <ThemeSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Without a change of the address, which the router would follow. */
function focusMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function QuotaLeft() {
  const [quota, setQuota] = useState(latestQuota);
  useEffect(() => onQuotaChange(setQuota), []);
  if (quota === null) return null;
  const { remaining, points } = quota;
  const whole = points === null ? '' : ` of ${points.toLocaleString('en')}`;
  return (
    <span class="hint">
      {remaining.toLocaleString('en')}
      {whole} points left
    </span>
  );
}

/** Event by which a message anywhere on the page opens the dialog. */
const openKeyEvent = 'open-key-dialog';

export function openKeyDialog(): void {
  dispatchEvent(new Event(openKeyEvent));
}

function KeyButton() {
  const [open, setOpen] = useState(false);
  const hasKey = useHasKey();
  useEffect(() => {
    const show = (): void => setOpen(true);
    addEventListener(openKeyEvent, show);
    return () => removeEventListener(openKeyEvent, show);
  }, []);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {hasKey ? 'Key in use' : 'Key'}
      </button>
      <KeyDialog open={open} onClose={() => setOpen(false)} />
    </>
  );
}

function ThemeSwitch() {
  const [choice, setChoice] = useState(themeChoice);
  const choose = (event: { currentTarget: HTMLSelectElement }): void => {
    const chosen = event.currentTarget.value as ThemeChoice;
    chooseTheme(chosen);
    setChoice(chosen);
  };
  return (
    <select aria-label="Colours" value={choice} onChange={choose}>
      <option value="system">System</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </select>
  );
}
