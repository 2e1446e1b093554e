import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { pageOf, permalinkOf } from './permalink.ts';

/** Takes a permanent address, and says where they come from. */
export function FindPermalink() {
  const { route } = useLocation();
  const [isRefused, setIsRefused] = useState(false);
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    const pasted = new FormData(event.currentTarget as HTMLFormElement).get('address');
    const found = permalinkOf(String(pasted ?? ''));
    setIsRefused(found === null);
    if (found !== null) route(pageOf(found));
  };
  return (
    <>
      <form class="form-row" aria-label="Open a permanent address" onSubmit={open}>
        <label class="address-field">
          <span class="field-name">Permanent address</span>
          <input
            type="text"
            name="address"
            required
            spellcheck={false}
            placeholder={`${location.origin}/q/…`}
            {...(isRefused && { 'aria-invalid': true, 'aria-describedby': 'address-refusal' })}
          />
        </label>
        <button type="submit">Open</button>
      </form>
      {isRefused && (
        <p id="address-refusal" role="alert" class="notice notice-problem">
          This is no permanent address of a query: those look like {location.origin}/q/ and 64 letters and
          digits.
        </p>
      )}
      <p>
        Any query has one: ask for <code>{'citation { permalink }'}</code> in it, in{' '}
        <a href="/playground">the playground</a> or from a program, and paste here what it answers.
      </p>
    </>
  );
}
