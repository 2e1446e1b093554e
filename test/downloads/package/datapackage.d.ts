/** The parts of datapackage-js, the reference implementation for JavaScript, that the tests use. */
declare module 'datapackage' {
  interface Resource {
    readonly name: string;
    readonly tabular: boolean;
    /** Casts every cell, checks keys, and puts the rows of other tables in place of references to them. */
    read(options: { keyed: boolean; relations: boolean }): Promise<Record<string, unknown>[]>;
  }
  const datapackage: {
    readonly Package: {
      load(
        descriptor: string,
        options: { basePath: string; strict: boolean },
      ): Promise<{ readonly valid: boolean; readonly errors: Error[]; readonly resources: Resource[] }>;
    };
  };
  export default datapackage;
}
