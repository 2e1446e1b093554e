/** The package ships no types; only what is used is declared. */
declare module 'fs-native-extensions' {
  /** True if the exclusive lock on the open file was granted, false if another descriptor holds it. */
  export function tryLock(fd: number): boolean;
}
