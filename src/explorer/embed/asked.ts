/** What the address of an embedded chart asks for. */
export interface Asked {
  readonly figure: string;
  readonly theme: 'light' | 'dark' | null;
  /** What else it says of the chart, as the server reads it. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** `/embed/<figure>?dataset=&release=&panel=&from=&to=&grain=&where=&theme=` */
export function readAsked({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Asked {
  const given = new URLSearchParams(search);
  const theme = given.get('theme');
  return {
    figure: decodeURIComponent(pathname.split('/').at(-1) ?? ''),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    // Also those that the server does not know: it says so, where a slip would show another chart.
    parameters: Object.fromEntries([...given].filter(([name, value]) => name !== 'theme' && value !== '')),
  };
}
