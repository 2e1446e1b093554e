import type * as Chdb from 'chdb';
import { AtlasError } from '../errors.ts';
import { describeCause } from './engine-failure.ts';

/** Where the embedded engine keeps its data and what it may use. */
export interface EmbeddedEngineSettings {
  directory: string;
  /** What one statement may use before it is refused; larger groupings and sorts go to disk before that. */
  maxMemoryBytes: number;
  /** Unset: one per processor. */
  threads?: number;
  /** Unset: a statement may take as long as it takes. */
  statementTimeoutMs?: number;
}

/** Loads the library, some 500 MB: for whoever opens an engine, and nobody else. */
export async function loadChdb(): Promise<typeof Chdb> {
  try {
    return await import('chdb');
  } catch (cause) {
    throw new AtlasError(
      'ENGINE_UNAVAILABLE',
      `The embedded event engine (the optional package chdb) is not there for ${process.platform}-${process.arch}: ` +
        `${describeCause(cause)}. It exists for Linux (glibc) and macOS on x64 and arm64; install it with \`npm install chdb\`.`,
      { cause },
    );
  }
}

/** What ClickHouse is told when it is opened: limits and caches, all taken from one memory setting. */
export function connectionArguments(settings: EmbeddedEngineSettings): string[] {
  // A hash table doubles when it grows, and several threads do so at once: at a half, groupings hit the limit.
  const spill = Math.floor(settings.maxMemoryBytes / 3);
  // ClickHouse sets several gigabytes aside for caches that a batch job hardly profits from.
  const cache = Math.floor(settings.maxMemoryBytes / 16);
  const options = {
    max_memory_usage: settings.maxMemoryBytes,
    max_bytes_before_external_group_by: spill,
    max_bytes_before_external_sort: spill,
    mark_cache_size: cache,
    primary_index_cache_size: cache,
    index_mark_cache_size: cache,
    // An insert is on disk when its call returns, and so is a mutation.
    async_insert: 0,
    mutations_sync: 1,
    session_timezone: 'UTC',
    output_format_json_quote_64bit_integers: 1,
    output_format_json_quote_decimals: 1,
    ...(settings.threads === undefined ? {} : { max_threads: settings.threads }),
    ...(settings.statementTimeoutMs === undefined
      ? {}
      : { max_execution_time: settings.statementTimeoutMs / 1000 }),
  };
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}
