/**
 * The form in which labels are compared: lower case, white space and empty segments left out. A path keeps its
 * leading slash, which is what tells it from a tag.
 */
export function labelKey(label: string): string {
  const text = label.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  if (!text.startsWith('/')) return text;
  const segments = text.split('/').map((segment) => segment.trim());
  return `/${segments.filter((segment) => segment !== '').join('/')}`;
}

/** The key of the path above: `/` at the top; null for what is no path, or the top itself. */
export function parentOf(key: string): string | null {
  if (!key.startsWith('/') || key === '/') return null;
  return key.slice(0, key.lastIndexOf('/')) || '/';
}
