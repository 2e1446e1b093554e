import type { Author, Origin } from './types.ts';

interface AuthorEntry {
  readonly name: string;
  /** ISO 3166-1 alpha-2, or null where the maker's seat is not known for sure. */
  readonly country: string | null;
  /** Only where the country is null and the origin is known all the same. */
  readonly origin?: Origin;
  readonly homepage?: string;
  readonly aliases?: readonly string[];
}

/**
 * Authors by the prefix of their models on OpenRouter. One author may publish under several prefixes: `aliases` unite
 * them. An author that OpenRouter lists and this table lacks is known by its prefix, with no country and no origin.
 */
const entries: Readonly<Record<string, AuthorEntry>> = {
  '01-ai': { name: '01.AI', country: 'CN', homepage: 'https://www.01.ai' },
  'agentica-org': { name: 'Agentica', country: 'US', homepage: 'https://agentica-project.com' },
  ai21: { name: 'AI21 Labs', country: 'IL', homepage: 'https://www.ai21.com', aliases: ['ai21labs'] },
  'all-hands': { name: 'All Hands AI', country: 'US', homepage: 'https://www.all-hands.dev' },
  allenai: {
    name: 'Allen Institute for AI',
    country: 'US',
    homepage: 'https://allenai.org',
    aliases: ['ai2'],
  },
  amazon: { name: 'Amazon', country: 'US', homepage: 'https://aws.amazon.com', aliases: ['amazon-nova'] },
  anthropic: { name: 'Anthropic', country: 'US', homepage: 'https://www.anthropic.com' },
  'arcee-ai': { name: 'Arcee AI', country: 'US', homepage: 'https://www.arcee.ai' },
  baai: {
    name: 'Beijing Academy of Artificial Intelligence',
    country: 'CN',
    homepage: 'https://www.baai.ac.cn',
  },
  baidu: { name: 'Baidu', country: 'CN', homepage: 'https://www.baidu.com' },
  'bytedance-seed': {
    name: 'ByteDance',
    country: 'CN',
    homepage: 'https://seed.bytedance.com',
    aliases: ['bytedance', 'bytedance-research', 'seed', 'volcengine'],
  },
  cohere: {
    name: 'Cohere',
    country: 'CA',
    homepage: 'https://cohere.com',
    aliases: ['coherelabs', 'cohereforai'],
  },
  deepcogito: { name: 'Deep Cogito', country: 'US', homepage: 'https://www.deepcogito.com' },
  deepseek: {
    name: 'DeepSeek',
    country: 'CN',
    homepage: 'https://www.deepseek.com',
    aliases: ['deepseek-ai'],
  },
  eleutherai: { name: 'EleutherAI', country: 'US', homepage: 'https://www.eleuther.ai' },
  essentialai: { name: 'Essential AI', country: 'US', homepage: 'https://www.essential.ai' },
  google: { name: 'Google', country: 'US', homepage: 'https://deepmind.google', aliases: ['gemini'] },
  huggingfaceh4: {
    name: 'Hugging Face',
    country: 'US',
    homepage: 'https://huggingface.co',
    aliases: ['open-r1'],
  },
  'ibm-granite': { name: 'IBM', country: 'US', homepage: 'https://www.ibm.com/granite', aliases: ['ibm'] },
  inception: { name: 'Inception', country: 'US', homepage: 'https://www.inceptionlabs.ai' },
  inclusionai: { name: 'Ant Group (inclusionAI)', country: 'CN', homepage: 'https://inclusionai.github.io' },
  inflection: { name: 'Inflection AI', country: 'US', homepage: 'https://inflection.ai' },
  kwaipilot: { name: 'Kuaishou (Kwaipilot)', country: 'CN', homepage: 'https://www.kuaishou.com' },
  liquid: { name: 'Liquid AI', country: 'US', homepage: 'https://www.liquid.ai', aliases: ['liquidai'] },
  meituan: {
    name: 'Meituan',
    country: 'CN',
    homepage: 'https://longcat.chat',
    aliases: ['meituan-longcat'],
  },
  'meta-llama': {
    name: 'Meta',
    country: 'US',
    homepage: 'https://ai.meta.com',
    aliases: ['meta', 'meta_llama', 'meta-models', 'facebook'],
  },
  microsoft: { name: 'Microsoft', country: 'US', homepage: 'https://www.microsoft.com' },
  minimax: { name: 'MiniMax', country: 'CN', homepage: 'https://www.minimax.io', aliases: ['minimaxai'] },
  mistralai: {
    name: 'Mistral AI',
    country: 'FR',
    homepage: 'https://mistral.ai',
    aliases: ['mistral', 'mistral-ai'],
  },
  moonshotai: {
    name: 'Moonshot AI',
    country: 'CN',
    homepage: 'https://www.moonshot.ai',
    aliases: ['moonshot'],
  },
  morph: { name: 'Morph', country: 'US', homepage: 'https://morphllm.com' },
  'nex-agi': { name: 'Nex AGI', country: 'CN', homepage: 'https://huggingface.co/nex-agi' },
  nousresearch: { name: 'Nous Research', country: 'US', homepage: 'https://nousresearch.com' },
  nvidia: { name: 'NVIDIA', country: 'US', homepage: 'https://www.nvidia.com' },
  openai: { name: 'OpenAI', country: 'US', homepage: 'https://openai.com' },
  opengvlab: { name: 'OpenGVLab', country: 'CN', homepage: 'https://github.com/OpenGVLab' },
  perceptron: { name: 'Perceptron', country: 'US', homepage: 'https://www.perceptron.inc' },
  perplexity: {
    name: 'Perplexity',
    country: 'US',
    homepage: 'https://www.perplexity.ai',
    aliases: ['perplexity-ai'],
  },
  poolside: { name: 'Poolside', country: null, origin: 'REST_OF_WORLD', homepage: 'https://poolside.ai' },
  'prime-intellect': {
    name: 'Prime Intellect',
    country: 'US',
    homepage: 'https://www.primeintellect.ai',
    aliases: ['primeintellect'],
  },
  qwen: {
    name: 'Alibaba (Qwen)',
    country: 'CN',
    homepage: 'https://qwen.ai',
    aliases: ['alibaba', 'alibaba-nlp'],
  },
  rekaai: { name: 'Reka', country: 'US', homepage: 'https://reka.ai' },
  relace: { name: 'Relace', country: 'US', homepage: 'https://relace.ai' },
  sakana: { name: 'Sakana AI', country: 'JP', homepage: 'https://sakana.ai', aliases: ['sakanaai'] },
  sarvamai: { name: 'Sarvam AI', country: 'IN', homepage: 'https://www.sarvam.ai', aliases: ['sarvam'] },
  scb10x: { name: 'SCB 10X', country: 'TH', homepage: 'https://www.scb10x.com' },
  'shisa-ai': { name: 'Shisa.AI', country: 'JP', homepage: 'https://shisa.ai' },
  stepfun: { name: 'StepFun', country: 'CN', homepage: 'https://www.stepfun.com', aliases: ['stepfun-ai'] },
  tencent: { name: 'Tencent', country: 'CN', homepage: 'https://www.tencent.com' },
  thinkingmachines: {
    name: 'Thinking Machines Lab',
    country: 'US',
    homepage: 'https://thinkingmachines.ai',
  },
  tngtech: { name: 'TNG Technology Consulting', country: 'DE', homepage: 'https://www.tngtech.com' },
  upstage: { name: 'Upstage', country: 'KR', homepage: 'https://www.upstage.ai' },
  writer: { name: 'Writer', country: 'US', homepage: 'https://writer.com' },
  'x-ai': { name: 'xAI', country: 'US', homepage: 'https://x.ai', aliases: ['xai', 'xai-org'] },
  xiaomi: { name: 'Xiaomi', country: 'CN', homepage: 'https://www.mi.com', aliases: ['xiaomimimo'] },
  'z-ai': {
    name: 'Z.ai',
    country: 'CN',
    homepage: 'https://z.ai',
    aliases: ['zai', 'zai-org', 'zhipuai', 'thudm', 'zhipu'],
  },
};

/** Prefixes that say where a name is routed, not who makes the model. */
const namespaces: ReadonlySet<string> = new Set(['openrouter', 'stealth', 'switchpoint', 'unlabelled']);

const chinese = new Set(['CN', 'TW', 'HK']);

/** The authors of the table and, known by prefix only, those that only a snapshot names; by id. */
export function buildAuthors(listedPrefixes: Iterable<string>): Map<string, Author> {
  const authors = new Map<string, Author>();
  for (const [id, entry] of Object.entries(entries)) authors.set(id, toAuthor(id, entry));
  const known = new Set([...authors.values()].flatMap((author) => [author.id, ...author.aliases]));
  for (const prefix of [...new Set(listedPrefixes)].sort()) {
    if (known.has(prefix) || namespaces.has(prefix)) continue;
    authors.set(prefix, toAuthor(prefix, { name: prefix, country: null }));
  }
  return authors;
}

function toAuthor(id: string, entry: AuthorEntry): Author {
  const { country } = entry;
  const byCountry = country === null ? null : chinese.has(country) ? 'CHINA' : 'REST_OF_WORLD';
  return Object.freeze({
    id,
    name: entry.name,
    origin: entry.origin ?? byCountry,
    country,
    homepage: entry.homepage ?? null,
    aliases: Object.freeze([...(entry.aliases ?? [])]),
  });
}
