/** Pages that the navigation leads to, by address. */
export const places = [
  ['/', 'Figures'],
  ['/build', 'Build a query'],
  ['/playground', 'Playground'],
  ['/releases', 'Releases'],
  ['/query', 'Permalinks'],
] as const;
