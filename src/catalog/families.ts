import type { ModelSource } from './types.ts';

/** A label for every model whose id begins so, unless an override or published weights say otherwise. */
export interface Family {
  readonly prefixes: readonly string[];
  readonly source: ModelSource;
  readonly reason: string;
}

export const families: readonly Family[] = [
  {
    prefixes: ['anthropic/'],
    source: 'PROPRIETARY',
    reason: 'Anthropic has published no weights; the study names Claude as its example of closed',
  },
  {
    prefixes: ['google/gemini-', 'google/palm-', 'google/lyria-', 'google/learnlm-', 'google/nano-'],
    source: 'PROPRIETARY',
    reason: 'Google publishes the weights of Gemma, not of these families',
  },
  { prefixes: ['google/gemma-'], source: 'OPEN', reason: 'Gemma weights are on Hugging Face' },
  {
    prefixes: [
      'openai/gpt-3.5-',
      'openai/gpt-4',
      'openai/gpt-5',
      'openai/gpt-audio',
      'openai/gpt-chat-',
      'openai/gpt-image-',
      'openai/gpt-latest',
      'openai/gpt-mini-latest',
      'openai/gpt-realtime',
      'openai/chatgpt-',
      'openai/codex-mini',
      'openai/o1',
      'openai/o3',
      'openai/o4-mini',
      'openai/text-',
      'openai/ada',
      'openai/babbage',
      'openai/curie',
      'openai/davinci',
      'openai/computer-use',
    ],
    source: 'PROPRIETARY',
    reason: 'API only; of its language models OpenAI has published the weights of gpt-oss and GPT-2',
  },
  {
    prefixes: ['x-ai/grok-3', 'x-ai/grok-4', 'x-ai/grok-build', 'x-ai/grok-code', 'x-ai/grok-latest'],
    source: 'PROPRIETARY',
    reason: 'xAI has published the weights of Grok 1 and Grok 2 only',
  },
  {
    prefixes: ['qwen/qwen-max', 'qwen/qwen-plus', 'qwen/qwen-turbo', 'qwen/qwen-vl-max', 'qwen/qwen-vl-plus'],
    source: 'PROPRIETARY',
    reason: 'the commercial tiers of Alibaba Cloud Model Studio come without weights',
  },
  {
    prefixes: ['qwen/qwen3-coder-plus', 'qwen/qwen3-coder-flash', 'qwen/qwen3-max'],
    source: 'PROPRIETARY',
    reason: 'the commercial tiers of Alibaba Cloud Model Studio come without weights',
  },
  {
    prefixes: ['qwen/qwen3.5-', 'qwen/qwen3.6-', 'qwen/qwen3.7-', 'qwen/qwen3.8-'].flatMap((version) =>
      ['flash', 'plus', 'max'].map((tier) => version + tier),
    ),
    source: 'PROPRIETARY',
    reason: 'the commercial tiers of Alibaba Cloud Model Studio come without weights',
  },
  {
    prefixes: ['mistralai/ministral-3b-2512'],
    source: 'OPEN',
    reason: 'Ministral 3: weights on Hugging Face',
  },
  { prefixes: ['mistralai/ministral-3b'], source: 'PROPRIETARY', reason: 'the 3B of 2024 was API only' },
  { prefixes: ['perplexity/sonar', 'perplexity/llama-3.1-sonar'], source: 'PROPRIETARY', reason: 'API only' },
  {
    prefixes: [
      'cohere/command',
      'inflection/inflection-3',
      'mistralai/codestral-25',
      'mistralai/magistral-medium',
      'mistralai/mistral-medium',
      'moonshotai/moonshot-v1-',
    ],
    source: 'PROPRIETARY',
    reason: 'API only, unless a repository is known of one of them',
  },
  {
    prefixes: [
      'ai21/jamba-1',
      'bytedance/ui-tars-',
      'bytedance-seed/ui-tars-',
      'cohere/command-a',
      'cohere/command-r',
      'essentialai/rnj-1',
      'featherless/qwerky-',
      'mistralai/ministral-8b',
      'moonshotai/moonlight-',
      'z-ai/glm-z1-',
    ],
    source: 'OPEN',
    reason: 'weights on Hugging Face, some under research licences',
  },
  {
    prefixes: ['meta-llama/llama-'],
    source: 'OPEN',
    reason: 'Llama weights are on Hugging Face, under a community licence',
  },
  {
    prefixes: [
      'mistralai/mixtral-',
      'mistralai/mistral-7b',
      'mistralai/pixtral-',
      'mistralai/codestral-mamba',
    ],
    source: 'OPEN',
    reason: 'weights on Hugging Face',
  },
  {
    prefixes: ['deepseek/deepseek-r1', 'deepseek/deepseek-prover', 'deepseek/deepseek-v3'],
    source: 'OPEN',
    reason: 'weights on Hugging Face',
  },
  {
    prefixes: ['qwen/qwen-2', 'qwen/qwen2.5-', 'qwen/qwq-32b', 'qwen/qwen3-embedding'],
    source: 'OPEN',
    reason: 'weights on Hugging Face',
  },
  {
    prefixes: [
      'microsoft/phi-',
      'microsoft/wizardlm-2',
      'baidu/ernie-4.5-',
      'moonshotai/kimi-vl',
      'z-ai/glm-4-32b',
    ],
    source: 'OPEN',
    reason: 'weights on Hugging Face',
  },
  {
    prefixes: ['liquid/lfm-2', 'nvidia/llama-', 'nvidia/nemotron-', 'tngtech/', 'nousresearch/', 'allenai/'],
    source: 'OPEN',
    reason: 'weights on Hugging Face',
  },
  {
    prefixes: [
      'aetherwiing/',
      'agentica-org/',
      'alfredpros/',
      'all-hands/',
      'alpindale/',
      'anthracite-org/',
      'arliai/',
      'cognitivecomputations/',
      'eleutherai/',
      'eva-unit-01/',
      'gryphe/',
      'huggingfaceh4/',
      'infermatic/',
      'jondurbin/',
      'latitudegames/',
      'neversleep/',
      'nothingiisreal/',
      'open-r1/',
      'openchat/',
      'pygmalionai/',
      'raifle/',
      'sao10k/',
      'scb10x/',
      'shisa-ai/',
      'sophosympatheia/',
      'steelskull/',
      'thedrummer/',
      'undi95/',
      'xwin-lm/',
    ],
    source: 'OPEN',
    reason: 'community fine-tunes and merges, published on Hugging Face under this prefix',
  },
];

/** The family of a model id: the one with the longest prefix that fits. */
export function familyOf(modelId: string): Family | undefined {
  let best: Family | undefined;
  let length = 0;
  for (const family of families) {
    for (const prefix of family.prefixes) {
      if (prefix.length > length && modelId.startsWith(prefix)) [best, length] = [family, prefix.length];
    }
  }
  return best;
}
