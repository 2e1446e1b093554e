import { namesSnapshots } from './identity.ts';
import { withoutDate, withoutDeployment, withoutSnapshotMarks } from './names.ts';
import type { Model } from './types.ts';

/** What may stand before a model's name and is no author: a host's public path, a region, OpenRouter's mark of moving names. */
const paths: readonly { pattern: RegExp; providerId: string | null }[] = [
  // Only Fireworks' own account: under a customer's, any name may be a fine-tune.
  { pattern: /^accounts\/fireworks\/models\//, providerId: 'fireworks' },
  {
    pattern: /^(?:projects\/[^/]+\/locations\/[^/]+\/)?publishers\/(?=[^/]+\/models\/)/,
    providerId: 'google-vertex',
  },
  { pattern: /^@(?:cf|hf)\//, providerId: 'cloudflare' },
  { pattern: /^models\//, providerId: null },
  { pattern: /^(?:eu|us|global|global-standard|data-zone)\//, providerId: null },
  { pattern: /^[a-z]{2}(?:-gov)?-[a-z]+-\d\/(?:\d-month-commitment\/)?/, providerId: null },
  { pattern: /^~/, providerId: null },
];

/** Bedrock: `us.anthropic.claude-3-5-sonnet-20241022-v2:0`, region and revision optional. */
const bedrockName =
  /^(?:(?:us|us-gov|eu|apac|ap|jp|au|ca|sa|global)\.)?(ai21|amazon|anthropic|cohere|deepseek|google|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|writer|zai)\.(.+)$/;

/** Real names need six at most; one made of a thousand prefixes or suffixes must not take a thousand. */
const mostReadings = 16;

/** A name with what was read off its front. */
export interface Reading {
  readonly name: string;
  /** The outermost host or gateway that the whole name tells. */
  readonly providerId: string | null;
}

/**
 * A logged name as it stands, then without the prefixes of hosts and gateways, outermost first. `hostOf` knows the
 * prefixes that are a host's; whether one also means an author depends on there being another prefix behind it.
 */
export function readPrefixes(
  name: string,
  hostOf: (prefix: string, isFollowedByPrefix: boolean) => string | null,
): Reading[] {
  const names = [name];
  let providerId: string | null = null;
  for (
    let step = readFront(name, hostOf);
    step !== null && names.length < mostReadings;
    step = readFront(step.name, hostOf)
  ) {
    names.push(step.name);
    providerId ??= step.providerId;
  }
  return names.map((reading) => ({ name: reading, providerId }));
}

/** One thing read off the front of a name; null where nothing more can be. */
function readFront(name: string, hostOf: Parameters<typeof readPrefixes>[1]): Reading | null {
  const path = paths.find(({ pattern }) => pattern.test(name));
  if (path !== undefined) {
    return {
      name: name.replace(path.pattern, '').replace('/models/', '/'),
      providerId: path.providerId,
    };
  }
  const [, prefix = '', after = ''] = /^([^/]+)\/(.+)$/.exec(name) ?? [];
  const host = prefix === '' ? null : hostOf(prefix, after.includes('/'));
  if (host !== null) return { name: after, providerId: host };
  const [, vendor, model] = bedrockName.exec(name) ?? [];
  if (vendor === undefined || model === undefined) return null;
  return { name: `${vendor}/${model}`, providerId: 'amazon-bedrock' };
}

/** A spelling under which to look a name up, and whether a found model may be known by it. */
export interface Spelling {
  readonly name: string;
  readonly fits: (model: Model) => boolean;
}

const always = () => true;

/** A snapshot of an API product is that product; of published weights, dated ones are another model. */
const isSnapshotProduct = (model: Model) => namesSnapshots(model.authorId) && model.source !== 'OPEN';

/**
 * The name, then what is left of it without the marks of a snapshot or of a deployment, least taken off first.
 * Nothing is ever added or exchanged, with one exception: Ollama leaves the word for the tuned version out.
 */
export function spellings(name: string, providerId: string | null): Spelling[] {
  // Ollama's name without a size stands for its default size: "deepseek-r1" is a distillation of 8B, not R1.
  if (providerId === 'ollama' && !/\d[bm]\b/.test(name)) return [];
  const found = new Map<string, Spelling>();
  const queue: Spelling[] = [{ name, fits: always }];
  for (let next = queue.shift(); next !== undefined && found.size < mostReadings; next = queue.shift()) {
    if (next.name === '' || next.name.endsWith('/') || found.has(next.name)) continue;
    found.set(next.name, next);
    const { fits } = next;
    for (const shorter of [withoutDate(next.name), withoutDeployment(next.name)]) {
      queue.push({ name: shorter, fits });
    }
    for (const shorter of platformForms(next.name, providerId)) queue.push({ name: shorter, fits });
    for (const shorter of withoutSnapshotMarks(next.name)) {
      queue.push({ name: shorter, fits: isSnapshotProduct });
    }
  }
  return [...found.values()];
}

/** Forms that only one platform writes. */
function platformForms(name: string, providerId: string | null): string[] {
  switch (providerId) {
    case 'amazon-bedrock':
      return [
        name.replace(/:\d+(?::\d+k)?$/, ''),
        // Revisions: of all vendors `-v1:0`, of OpenAI `-1:0`, of Anthropic also without the colon.
        name.replace(/-(?:v\d+|1):\d+(?::\d+k)?$/, ''),
        withoutClaudeRevision(name),
      ];
    case 'fireworks':
      return [name.replace(/-v(?=\d)/, '-')];
    case 'google-vertex':
      return [name.replace(/@(?:\d+|default|latest)$/, ''), withoutClaudeRevision(name)];
    case 'ollama': {
      const sized = name.replace(/:(?=\d+(?:\.\d+)?[bm]\b|\d+x\d+b\b)/, '-');
      return sized === name ? [] : [sized, `${sized}-instruct`, `${sized}-it`];
    }
    default:
      return [];
  }
}

function withoutClaudeRevision(name: string): string {
  return name.replace(/(?<=claude-.*)-v\d+$/, '');
}
