const special = /[\\\t\n\r\b\f\0]/;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\0': '\\0',
};

/** A TabSeparated field of free text; null becomes `\N`. */
export function textField(value: string | null): string {
  if (value === null) return '\\N';
  if (!special.test(value)) return value;
  return value.replace(/[\\\t\n\r\b\f\0]/g, (character) => escapes[character] ?? character);
}

/** A TabSeparated field of a value that needs no escapes: a number, a truth value, digits, a time. */
export function plainField(value: string | number | boolean | null): string {
  return value === null ? '\\N' : String(value);
}
