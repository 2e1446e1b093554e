/** Text rules for model names. They know no model: what a name stands for is decided in `identity.ts`. */

/** Routing variants of gateways: the same model served another way. Anything else after a colon is part of the name. */
const variants: ReadonlySet<string> = new Set([
  'batch',
  'beta',
  'exacto',
  'extended',
  'floor',
  'free',
  'nitro',
  'online',
  'self-moderated',
  'standard',
  'thinking',
]);

export interface VariantSplit {
  readonly name: string;
  /** Null for the standard one. */
  readonly variant: string | null;
}

/** A name as it is compared and stored: trimmed, lower case, without characters a database refuses. */
export function normaliseName(raw: string): string {
  return raw
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\p{Control}|\p{Surrogate}/gu, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/** Takes the routing variants off: `x:free` is x, served free. Several are kept in their order. */
export function splitVariant(name: string): VariantSplit {
  const found: string[] = [];
  let rest = name;
  for (let colon = rest.lastIndexOf(':'); colon > 0; colon = rest.lastIndexOf(':')) {
    const suffix = rest.slice(colon + 1);
    if (!variants.has(suffix)) break;
    if (suffix !== 'standard') found.unshift(suffix);
    rest = rest.slice(0, colon).trimEnd();
  }
  return { name: rest, variant: found.length === 0 ? null : found.join(':') };
}

/**
 * The key under which spellings of one name meet: separators do not count, except that digits stay apart, so that
 * `claude-3-5-sonnet` meets `claude-3.5-sonnet` while `llama-3-70b` does not meet `llama-370b`. `2p5` is 2.5. A loop,
 * since some thousand names go through it at every start.
 */
export function nameKey(name: string): string {
  const text = name.toLowerCase().replaceAll('+', ' plus ');
  let key = '';
  let afterDigit = false;
  let separated = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (isDigit(character)) {
      if (afterDigit && separated) key += '.';
      key += character;
      [afterDigit, separated] = [true, false];
    } else if (character === 'p' && afterDigit && isDigit(nextSign(text, at))) {
      separated = true;
    } else if (character >= 'a' && character <= 'z') {
      key += character;
      afterDigit = false;
    } else {
      separated = true;
    }
  }
  return key;
}

/** The next character that is no separator, so that `2p5` and `2p-5` are one, and every key is its own key. */
function nextSign(text: string, at: number): string {
  let next = at + 1;
  while (next < text.length && !/[a-z0-9]/.test(text.charAt(next))) next += 1;
  return text.charAt(next);
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

/** `x-20260423`, `x-2024-08-06`, `x@20241022`: the day of a snapshot. */
export function withoutDate(name: string): string {
  return name.replace(/[-@]20\d\d(?:(-?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01]))$/, '');
}

/** Day of a snapshot without its year or without its day, or a revision: `-0613`, `-05-06`, `-09-2025`, `-002`. */
const shortDate = String.raw`(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])-20\d\d|00\d`;
const stage = String.raw`preview|exp|experimental|beta|latest`;
const snapshotSuffixes = [
  new RegExp(`-(?:${shortDate})$`),
  new RegExp(`-(?:${stage})$`),
  new RegExp(`-(?:${stage})-(?:${shortDate})$`),
];

/** The name without marks of a snapshot or a stage, least taken off first: readings, not facts. */
export function withoutSnapshotMarks(name: string): string[] {
  return snapshotSuffixes.filter((suffix) => suffix.test(name)).map((suffix) => name.replace(suffix, ''));
}

/** Number formats and tiers under which hosts deploy the same weights. */
const deploymentSuffix =
  /-(?:fp8-tput|fp8|fp4|nvfp4|bf16|fp16|int4|int8|awq|gguf|tput|maas|q\d(?:_k)?(?:_[a-z0-9])?|(?<=instruct-)turbo)$/;

/** The name without the host's number format: the same weights, served in 8 bits or 4. */
export function withoutDeployment(name: string): string {
  let rest = name;
  while (deploymentSuffix.test(rest)) rest = rest.replace(deploymentSuffix, '');
  return rest;
}
