import type { ComponentChildren } from 'preact';

export interface FormPartProps {
  readonly title: string;
  /** What it means, in the API's words. */
  readonly help?: string;
  /** Why the query would be refused, where that is about this part. */
  readonly refusal?: string | undefined;
  readonly children: ComponentChildren;
}

/** A part of the form, with its meaning and what is wrong with it. */
export function FormPart({ title, help = '', refusal, children }: FormPartProps) {
  return (
    <fieldset class={refusal === undefined ? 'part' : 'part part-refused'}>
      <legend>{title}</legend>
      {children}
      {help !== '' && <p class="hint">{help}</p>}
      {refusal !== undefined && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
    </fieldset>
  );
}

export interface PickProps {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly { readonly name: string; readonly text: string }[];
  /** What stands for nothing chosen; without it something is always chosen. */
  readonly none?: string;
  readonly onChange: (value: string | null) => void;
}

/** One of a few. */
export function Pick({ label, value, options, none, onChange }: PickProps) {
  return (
    <label>
      <span class="field-name">{label}</span>
      <select value={value ?? ''} onChange={({ currentTarget }) => onChange(currentTarget.value || null)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map(({ name, text }) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
