import type { Option } from './filter-options.ts';

export interface ValueInputProps {
  readonly label: string;
  readonly listId: string;
  readonly options: readonly Option[];
  /** Whether any text is a value. */
  readonly free: boolean;
  readonly onPick: (value: string) => void;
}

/** A text field with suggestions: a name or an id that is known is taken at once. */
export function ValueInput({ label, listId, options, free, onPick }: ValueInputProps) {
  const take = (input: HTMLInputElement, isDone: boolean): void => {
    const text = input.value.trim();
    const found = options.find(({ name, value }) => name === text || value === text);
    const picked = found?.value ?? (free && isDone && text !== '' ? text : undefined);
    if (picked === undefined) return;
    input.value = '';
    onPick(picked);
  };
  return (
    <>
      <input
        type="search"
        aria-label={label}
        placeholder="Type to search"
        list={listId}
        onInput={({ currentTarget }) => take(currentTarget, false)}
        onChange={({ currentTarget }) => take(currentTarget, true)}
      />
      <datalist id={listId}>
        {options.map(({ value, name }) => (
          <option key={value} value={name}>
            {value === name ? '' : value}
          </option>
        ))}
      </datalist>
    </>
  );
}
