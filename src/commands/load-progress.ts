import path from 'node:path';
import cliProgress from 'cli-progress';
import { printProgress } from './output.ts';

export interface LoadProgress {
  update(bytesRead: number, bytesTotal: number): void;
  /** Call in any case, or the terminal keeps the bar's cursor. */
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

/** How far the reading of a file has come: a bar on a terminal, else a line every few seconds. */
export function showLoadProgress(file: string): LoadProgress {
  const name = path.basename(file);
  return process.stderr.isTTY ? showBar(name) : showLines(name);
}

function showBar(name: string): LoadProgress {
  const bar = new cliProgress.SingleBar({
    format: `${name} {bar} {percentage} % | {value} of {total} | {eta_formatted} left`,
    formatValue: (value, options, type) =>
      type === 'value' || type === 'total'
        ? formatBytes(value)
        : cliProgress.Format.ValueFormat(value, options, type),
    hideCursor: true,
    clearOnComplete: true,
  });
  let started = false;
  return {
    update: (bytesRead, bytesTotal) => {
      if (!started) bar.start(bytesTotal, bytesRead);
      started = true;
      bar.update(bytesRead);
    },
    stop: () => bar.stop(),
  };
}

function showLines(name: string): LoadProgress {
  let printedAt = performance.now();
  return {
    update: (bytesRead, bytesTotal) => {
      if (performance.now() - printedAt < LINE_EVERY_MS) return;
      printedAt = performance.now();
      const percentage = Math.floor((bytesRead / bytesTotal) * 100);
      printProgress(`${name}: ${percentage} %, ${formatBytes(bytesRead)} of ${formatBytes(bytesTotal)} read`);
    },
    stop: () => undefined,
  };
}

function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${(bytes / 2 ** (10 * power)).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
