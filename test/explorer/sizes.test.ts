import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builtPages } from '../../src/http/explorer-pages.ts';

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
const manifest = JSON.parse(readFileSync(path.join(builtPages, '.vite/manifest.json'), 'utf8')) as Readonly<
  Record<string, Chunk>
>;

/** Files that are loaded with an entry at once, and with those that it loads later where they are named. */
function filesOf(entry: string, later: readonly string[] = []): string[] {
  const seen = new Set<string>();
  const follow = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const { imports = [], dynamicImports = [] } = manifest[name]!;
    for (const next of [
      ...imports,
      ...dynamicImports.filter((each) => later.some((part) => each.includes(part))),
    ])
      follow(next);
  };
  follow(entry);
  return [...seen].flatMap((name) => [manifest[name]!.file, ...(manifest[name]!.css ?? [])]);
}

/** As the slower of the two encodings that browsers take. */
function compressedKilobytes(files: readonly string[]): number {
  const scripts = [...new Set(files)].filter((file) => /\.(js|css)$/.test(file));
  const bytes = scripts.map((file) => gzipSync(readFileSync(path.join(builtPages, file))).length);
  return bytes.reduce((sum, each) => sum + each, 0) / 1000;
}

describe('the scripts of the explorer', () => {
  it('are small for the gallery, which draws nothing itself', () => {
    const files = filesOf('index.html');
    expect(files.some((file) => /embed|vega/.test(file))).toBe(false);
    const kilobytes = compressedKilobytes(files);
    console.log(`gallery: ${kilobytes.toFixed(1)} kB compressed`);
    expect(kilobytes).toBeLessThan(40);
  });

  it('are under 350 kB for the gallery and a figure together', () => {
    const kilobytes = compressedKilobytes(filesOf('index.html', ['figure-page', 'vega']));
    console.log(`gallery and a figure: ${kilobytes.toFixed(1)} kB compressed`);
    // The drawing library alone has more than 200.
    expect(kilobytes).toBeGreaterThan(200);
    expect(kilobytes).toBeLessThan(350);
  });

  it('are there compressed beforehand', () => {
    const [largest = ''] = filesOf('index.html', ['figure-page', 'vega'])
      .filter((file) => file.endsWith('.js'))
      .sort((a, b) => sizeOf(b) - sizeOf(a));
    expect(sizeOf(`${largest}.br`)).toBeLessThan(sizeOf(largest) / 2);
    expect(sizeOf(`${largest}.gz`)).toBeLessThan(sizeOf(largest) / 2);
  });
});

function sizeOf(file: string): number {
  return statSync(path.join(builtPages, file)).size;
}
