/** The part of Citation.js that the tests use; it has no types of its own. */
declare module '@citation-js/core' {
  export class Cite {
    constructor(input: unknown, options?: { forceType?: string });
    readonly data: unknown[];
    format(format: string, options: Readonly<Record<string, unknown>>): unknown;
  }
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-csl';
