import type { Release } from '../../../measures/release.ts';

const ENDING = '.zip';

export function packageUrl({ id }: Release, publicUrl: string): string {
  return `${publicUrl}/download/${id}${ENDING}`;
}

/** The release that a file is the package of, as its address says; null where it is none. */
export function releaseOfFile(file: string): string | null {
  return file.endsWith(ENDING) ? file.slice(0, -ENDING.length) : null;
}
