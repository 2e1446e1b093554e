import type { IsoDay, ModelSource } from './types.ts';

/** What is known better than the snapshots say, or what they leave out. See docs/catalog.md for how to add one. */
export interface Override {
  /** Model ids; one that no snapshot names is added to the catalogue. */
  readonly models: readonly string[];
  /** Why the snapshots are not enough. */
  readonly reason: string;
  /** Where the fact can be checked. */
  readonly url?: string;
  readonly name?: string;
  /** Null takes a wrong label away. */
  readonly source?: ModelSource | null;
  /** Only where the prefix of the id is not the author. Null: it has none. */
  readonly authorId?: string | null;
  readonly reasoning?: boolean;
  readonly tools?: boolean;
  readonly releaseDate?: IsoDay;
  readonly huggingFaceId?: string;
  /** Keeps a name that looks like a snapshot of another model apart from it. */
  readonly separate?: true;
}

/** Rows that speak of no single model: moving names as they point today, and patterns over several models. */
export const ignoredRows: readonly { source: 'models.dev' | 'genai-prices'; id: RegExp; reason: string }[] = [
  {
    source: 'models.dev',
    id: /^deepseek\/deepseek-(chat|reasoner)$/,
    reason: 'described as V3.2; in logs the names stood for V3 and R1 first',
  },
  { source: 'models.dev', id: /^mistral(ai)?\/.*-latest$/, reason: 'moves between different weights' },
  { source: 'genai-prices', id: /^mistralai\/.*-latest$/, reason: 'moves between different weights' },
  { source: 'genai-prices', id: /^google\/gemma-3n?$/, reason: 'stands for all sizes' },
  {
    source: 'genai-prices',
    id: /^openai\/(gpt-3\.5-0301|gpt-5\.3|moderation)$/,
    reason: 'stands for several',
  },
];

export const overrides: readonly Override[] = [
  // Models that the snapshots do not list, or not under the name that the study and older logs use.
  {
    models: ['anthropic/claude-3-opus'],
    name: 'Claude 3 Opus',
    releaseDate: '2024-03-04',
    reason: 'no longer listed; models.dev gives the date of the snapshot',
    url: 'https://www.anthropic.com/news/claude-3-family',
  },
  { models: ['anthropic/claude-3-sonnet'], name: 'Claude 3 Sonnet', reason: 'no longer listed' },
  { models: ['anthropic/claude-3.5-sonnet'], name: 'Claude 3.5 Sonnet', reason: 'no longer listed' },
  {
    models: ['anthropic/claude-3.7-sonnet'],
    name: 'Claude 3.7 Sonnet',
    releaseDate: '2025-02-24',
    reason: 'no longer listed; models.dev gives the date of the snapshot',
    url: 'https://www.anthropic.com/news/claude-3-7-sonnet',
  },
  {
    models: ['deepseek/deepseek-coder'],
    name: 'DeepSeek Coder V2',
    source: 'OPEN',
    reasoning: false,
    releaseDate: '2024-06-17',
    huggingFaceId: 'deepseek-ai/DeepSeek-Coder-V2-Instruct',
    reason: 'no longer listed; the name on OpenRouter and on DeepSeek’s API while Coder V2 was sold',
    url: 'https://huggingface.co/deepseek-ai/DeepSeek-Coder-V2-Instruct',
  },
  {
    models: ['google/gemini-1.5-pro', 'google/gemini-1.5-flash', 'google/gemini-1.5-flash-8b'],
    reasoning: false,
    reason: 'no longer listed; the generation before Google’s thinking models',
  },
  { models: ['google/gemini-1.5-pro'], name: 'Gemini 1.5 Pro', reason: 'listed without its name' },
  { models: ['google/gemini-1.5-flash'], name: 'Gemini 1.5 Flash', reason: 'listed without its name' },
  { models: ['google/gemini-1.5-flash-8b'], name: 'Gemini 1.5 Flash 8B', reason: 'listed without its name' },
  {
    models: ['google/gemini-exp-1114', 'google/gemini-exp-1206', 'google/gemini-pro-vision'],
    reason: 'no longer listed; experiments and early models without a later product of that name',
  },
  {
    models: ['mistralai/codestral-latest'],
    name: 'Codestral (latest)',
    source: null,
    reason: 'moved from Codestral 22B, whose weights are published, to versions without weights',
  },
  {
    models: ['mistralai/mistral-medium-3.5'],
    source: 'OPEN',
    reason: 'OpenRouter spells it 3-5 and names no repository; the weights are published',
    url: 'https://huggingface.co/mistralai/Mistral-Medium-3.5-128B',
  },
  {
    models: ['moonshotai/kimi-linear-48b-a3b-instruct'],
    name: 'Kimi Linear 48B A3B Instruct',
    reasoning: false,
    huggingFaceId: 'moonshotai/Kimi-Linear-48B-A3B-Instruct',
    reason: 'named in the study, no longer listed',
    url: 'https://huggingface.co/moonshotai/Kimi-Linear-48B-A3B-Instruct',
  },
  {
    models: ['openai/o1-preview'],
    name: 'o1-preview',
    separate: true,
    reasoning: true,
    releaseDate: '2024-09-12',
    reason: 'sold beside o1, and the study counts the reasoning models from o1 proper; no longer listed',
    url: 'https://openai.com/index/introducing-openai-o1-preview/',
  },
  {
    models: ['qwen/qwen-2-7b-instruct'],
    name: 'Qwen2 7B Instruct',
    reasoning: false,
    releaseDate: '2024-06-07',
    huggingFaceId: 'Qwen/Qwen2-7B-Instruct',
    reason: 'named in the study, no longer listed',
    url: 'https://huggingface.co/Qwen/Qwen2-7B-Instruct',
  },
  { models: ['qwen/qwen3.5-plus'], name: 'Qwen3.5 Plus', reason: 'OpenRouter names its snapshots only' },
  {
    models: ['tngtech/deepseek-r1t2-chimera'],
    name: 'TNG DeepSeek R1T2 Chimera',
    reasoning: true,
    releaseDate: '2025-07-03',
    huggingFaceId: 'tngtech/DeepSeek-TNG-R1T2-Chimera',
    reason: 'one of the study’s top open models, no longer listed; a merge of DeepSeek weights',
    url: 'https://huggingface.co/tngtech/DeepSeek-TNG-R1T2-Chimera',
  },
  {
    models: ['x-ai/grok-2', 'x-ai/grok-2-vision'],
    source: null,
    reasoning: false,
    reason: 'xAI published weights of a Grok 2 in August 2025 and does not say of which snapshot',
  },
  {
    models: ['x-ai/grok-3'],
    reasoning: false,
    reason: 'no longer listed; only its mini version reasons on the API',
    url: 'https://docs.x.ai/docs/models/grok-3',
  },
  {
    models: ['x-ai/grok-3-mini'],
    reasoning: true,
    reason: 'no longer listed',
    url: 'https://docs.x.ai/docs/models/grok-3-mini',
  },
  {
    models: ['x-ai/grok-4'],
    name: 'Grok 4',
    reasoning: true,
    tools: true,
    releaseDate: '2025-07-09',
    reason: 'no longer listed',
    url: 'https://x.ai/news/grok-4',
  },
  { models: ['x-ai/grok-4-fast'], name: 'Grok 4 Fast', reasoning: true, reason: 'no longer listed' },
  { models: ['x-ai/grok-4.1-fast'], name: 'Grok 4.1 Fast', reasoning: true, reason: 'no longer listed' },
  {
    models: ['x-ai/grok-code-fast-1'],
    name: 'Grok Code Fast 1',
    reasoning: true,
    tools: true,
    releaseDate: '2025-08-28',
    reason: 'first of the study’s reasoning models, no longer listed',
    url: 'https://x.ai/news/grok-code-fast-1',
  },

  // Names without an author, and unnamed tests of models that were named later.
  {
    models: [
      'openrouter/auto',
      'openrouter/auto-beta',
      'openrouter/bodybuilder',
      'openrouter/free',
      'openrouter/fusion',
      'openrouter/pareto-code',
      'switchpoint/router',
    ],
    authorId: null,
    source: null,
    reason: 'a router chooses a model for each request: the name has neither author nor weights',
  },
  {
    models: ['openrouter/owl-alpha'],
    authorId: 'meituan',
    source: 'OPEN',
    tools: true,
    reason: 'test of LongCat 2.0, as Meituan said on 2026-06-29; weights under MIT since 2026-07-12',
    url: 'https://huggingface.co/stealth-model/owl-alpha',
  },
  {
    models: ['openrouter/quasar-alpha', 'openrouter/optimus-alpha'],
    authorId: 'openai',
    source: 'PROPRIETARY',
    reason: 'tests of GPT-4.1, as OpenAI and OpenRouter said at its launch',
    url: 'https://openai.com/index/gpt-4-1/',
  },
  {
    models: ['stealth/ox-alpha'],
    authorId: 'z-ai',
    source: 'OPEN',
    reason: 'test of GLM 5.3 Flash, whose weights Z.ai published afterwards',
    url: 'https://unsloth.ai/docs/de/modelle/glm-5.3-flash',
  },
  {
    models: ['deepseek/deepseek-v4-flash-latest'],
    source: 'OPEN',
    reason: 'moves between snapshots whose weights are all published',
  },
  {
    models: ['moonshotai/kimi-latest', 'z-ai/glm-latest'],
    source: null,
    reason: 'moves between models; the weights of some of them are not published, or not yet',
  },

  // Weights, where the sources contradict each other or fall silent.
  {
    models: ['baai/bge-m3', 'perplexity/pplx-embed-v1-0.6b', 'qwen/qwen3-embedding-8b'],
    reasoning: false,
    tools: false,
    reason: 'embeddings, which no source lists',
  },
  {
    models: ['baai/bge-m3'],
    name: 'BGE-M3',
    huggingFaceId: 'BAAI/bge-m3',
    reason: 'no source lists embeddings',
    url: 'https://huggingface.co/BAAI/bge-m3',
  },
  {
    models: ['qwen/qwen3-embedding-8b'],
    name: 'Qwen3 Embedding 8B',
    huggingFaceId: 'Qwen/Qwen3-Embedding-8B',
    reason: 'no source lists embeddings',
    url: 'https://huggingface.co/Qwen/Qwen3-Embedding-8B',
  },
  {
    models: ['perplexity/pplx-embed-v1-0.6b'],
    source: 'OPEN',
    reason: 'no source lists embeddings; the weights are published',
    url: 'https://huggingface.co/perplexity-ai/pplx-embed-v1-0.6B',
  },
  {
    models: ['deepcogito/cogito-v2.1-671b'],
    source: 'OPEN',
    reason: 'models.dev says closed; the weights are published',
    url: 'https://huggingface.co/deepcogito/cogito-671b-v2.1',
  },
  {
    models: ['inclusionai/ling-2.6-flash', 'inclusionai/ling-2.6-1t'],
    source: 'OPEN',
    reason: 'models.dev says closed; the weights are published',
    url: 'https://huggingface.co/collections/inclusionAI/ling-26',
  },
  {
    models: ['inclusionai/ring-2.6-1t'],
    source: 'OPEN',
    reason: 'models.dev says closed; the weights are published',
    url: 'https://huggingface.co/collections/inclusionAI/ring-26',
  },
  {
    models: ['minimax/minimax-m1'],
    source: 'OPEN',
    reason: 'models.dev says closed; the weights are published',
    url: 'https://huggingface.co/MiniMaxAI/MiniMax-M1-80k',
  },
  {
    models: ['mistralai/devstral-medium'],
    source: 'PROPRIETARY',
    reason: 'models.dev points to the weights of Devstral 2; Devstral Medium (2507) was API only',
    url: 'https://mistral.ai/news/devstral-2507',
  },
  {
    models: ['mistralai/mistral-large-2407', 'mistralai/mistral-large-2411'],
    source: 'OPEN',
    reason: 'models.dev contradicts itself; the weights are published, under a research licence',
    url: 'https://huggingface.co/mistralai/Mistral-Large-Instruct-2411',
  },
  {
    models: ['microsoft/mai-ds-r1', 'nex-agi/deepseek-v3.1-nex-n1', 'perplexity/r1-1776'],
    source: 'OPEN',
    reason: 'no longer listed; published post-trainings of DeepSeek R1 and V3.1',
  },
  {
    models: [
      'mistralai/devstral-small',
      'poolside/laguna-m.1',
      'poolside/laguna-xs.2',
      'xiaomi/mimo-v2-flash',
    ],
    source: 'OPEN',
    reason: 'no longer listed; the weights are on Hugging Face',
  },
  {
    models: ['prime-intellect/intellect-3'],
    source: 'OPEN',
    reason: 'no longer listed; the weights are published',
    url: 'https://huggingface.co/PrimeIntellect/INTELLECT-3',
  },
  {
    models: ['z-ai/glm-5.3'],
    source: 'OPEN',
    reason: 'the weights followed the listing',
    url: 'https://huggingface.co/zai-org/GLM-5.3',
  },

  // Names and days that the sources give wrongly or not at all.
  {
    models: ['deepseek/deepseek-chat'],
    name: 'DeepSeek V3',
    releaseDate: '2024-12-26',
    reason: 'models.dev describes the name as V3.2',
    url: 'https://api-docs.deepseek.com/news/news1226',
  },
  { models: ['deepseek/deepseek-r1'], name: 'DeepSeek R1', reason: 'OpenRouter’s title lacks the family' },
  {
    models: ['deepseek/deepseek-r1-0528'],
    name: 'DeepSeek R1 0528',
    reason: 'OpenRouter’s title lacks the family',
  },
  {
    models: ['anthropic/claude-opus-4.5'],
    releaseDate: '2025-11-24',
    reason: 'models.dev gives the date of the snapshot',
    url: 'https://www.anthropic.com/news/claude-opus-4-5',
  },
  {
    models: ['google/gemini-2.5-pro'],
    releaseDate: '2025-03-25',
    reason: 'models.dev gives the end of the preview; the first snapshot was in use in March',
    url: 'https://blog.google/technology/google-deepmind/gemini-model-thinking-updates-march-2025/',
  },
  {
    models: ['google/gemini-2.5-flash'],
    releaseDate: '2025-04-17',
    reason: 'models.dev gives the end of the preview; the first snapshot was in use in April',
    url: 'https://developers.googleblog.com/en/start-building-with-gemini-25-flash/',
  },
  {
    models: ['mistralai/mistral-large-2512'],
    releaseDate: '2025-12-02',
    reason: 'models.dev is a year early',
    url: 'https://mistral.ai/news/mistral-3',
  },
  {
    models: ['moonshotai/kimi-k2'],
    releaseDate: '2025-07-11',
    reason: 'models.dev gives the day of OpenRouter’s listing',
    url: 'https://vercel.com/ai-gateway/models/kimi-k2',
  },
  {
    models: ['openai/gpt-4'],
    releaseDate: '2023-03-14',
    reason: 'models.dev gives the day of GPT-4 Turbo',
    url: 'https://openai.com/index/gpt-4-research/',
  },
];
