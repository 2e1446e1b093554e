/** The part of jstat that is used here; the package has no types of its own. */
declare module 'jstat' {
  const jstat: {
    readonly jStat: {
      /** Regularised incomplete beta function I_x(a, b). */
      ibeta(x: number, a: number, b: number): number;
      /** Natural logarithm of the gamma function. */
      gammaln(x: number): number;
      readonly studentt: {
        /** Quantile of Student's t. */
        inv(probability: number, degreesOfFreedom: number): number;
      };
    };
  };
  export default jstat;
}
