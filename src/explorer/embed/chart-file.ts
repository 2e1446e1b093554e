import type { ChartRows, ChartSpec } from '../shared/draw.ts';
import { Problem, unreachable } from '../shared/problem.ts';
import type { Asked } from './asked.ts';

/** A figure as `/embed/<figure>.vl.json` gives it. */
export interface ChartFile extends ChartSpec {
  readonly datasets: ChartRows;
  readonly usermeta: { readonly source: ChartSource };
}

export interface ChartSource {
  readonly figure: { readonly id: string; readonly number: string; readonly title: string };
  readonly panel: { readonly key: string; readonly title: string };
  readonly dataset: { readonly id: string; readonly title: string; readonly synthetic: boolean };
  readonly release: string;
  readonly licence: string;
}

interface Refusal {
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly requestId?: string };
  }[];
}

/** Asks for the chart as anybody may, without a key. One answer holds all, and browsers and proxies may keep it. */
export async function askChart({ figure, parameters }: Asked, signal: AbortSignal): Promise<ChartFile> {
  const query = new URLSearchParams(parameters).toString();
  const response = await send(`/embed/${encodeURIComponent(figure)}.vl.json?${query}`, signal);
  const body = (await response.json().catch(() => null)) as (ChartFile & Refusal) | null;
  if (response.ok && body !== null) return body;
  const [error] = body?.errors ?? [];
  throw new Problem(
    error?.extensions?.code ?? 'UNREADABLE',
    error?.message ?? `The server answered ${response.status}, but with no chart.`,
    { status: response.status, requestId: error?.extensions?.requestId ?? null },
  );
}

async function send(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { credentials: 'omit', signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreachable();
  }
}
