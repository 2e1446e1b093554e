interface KeyFormProps {
  readonly hasKey: boolean;
  readonly onChange: (key: string | null) => void;
}

/** Takes a key, or forgets it. React hands the fields to the action, so nothing is sent and no address changes. */
export function KeyForm({ hasKey, onChange }: KeyFormProps) {
  const use = (fields: FormData): void => {
    const key = String(fields.get('key')).trim();
    if (key !== '') onChange(key);
  };
  return (
    <form action={use}>
      <label>
        API key
        <input name="key" type="password" autoComplete="off" spellCheck={false} placeholder="atlas_live_…" />
      </label>
      <button type="submit">Use</button>
      {hasKey && (
        <button type="button" onClick={() => onChange(null)}>
          Forget the key
        </button>
      )}
    </form>
  );
}
