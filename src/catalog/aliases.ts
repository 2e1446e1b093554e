/** Other names of exactly one model, which neither the snapshots nor the spelling rules bring together. */
export interface Alias {
  readonly model: string;
  /** With the author's prefix, or bare where a host leaves it out. */
  readonly names: readonly string[];
  readonly reason: string;
}

export const aliases: readonly Alias[] = [
  {
    model: 'anthropic/claude-opus-4',
    names: ['anthropic/claude-opus-4-0'],
    reason: "Anthropic's alias with an explicit minor version",
  },
  {
    model: 'anthropic/claude-sonnet-4',
    names: ['anthropic/claude-sonnet-4-0'],
    reason: "Anthropic's alias with an explicit minor version",
  },
  {
    // On DeepSeek's own API the name moved from V2.5 to V3, V3.1 and V3.2: a log does not tell which it was.
    model: 'deepseek/deepseek-chat',
    names: ['deepseek/deepseek-v3', 'deepseek/deepseek-chat-v3'],
    reason: 'OpenRouter sells the first V3 as deepseek-chat',
  },
  {
    model: 'deepseek/deepseek-chat-v3.1',
    names: ['deepseek/deepseek-v3.1'],
    reason: 'hosts leave the word chat out',
  },
  {
    model: 'deepseek/deepseek-coder',
    names: ['deepseek/deepseek-coder-v2'],
    reason: "DeepSeek's name with its version",
  },
  {
    // Later the name stood for V3.1 and V3.2 in thinking mode: a log does not tell which it was.
    model: 'deepseek/deepseek-r1',
    names: ['deepseek/deepseek-reasoner'],
    reason: "DeepSeek's API served R1 under this name from January to August 2025",
  },
  { model: 'deepseek/deepseek-v3.2', names: ['deepseek/v3.2'], reason: "Bedrock's spelling" },
  {
    model: 'google/gemini-1.5-flash',
    names: ['google/gemini-flash-1.5'],
    reason: 'OpenRouter puts the version last',
  },
  {
    model: 'google/gemini-1.5-flash-8b',
    names: ['google/gemini-flash-1.5-8b', 'google/gemini-flash-1.5-8b-exp'],
    reason: 'OpenRouter puts the version last',
  },
  {
    model: 'google/gemini-1.5-pro',
    names: ['google/gemini-pro-1.5'],
    reason: 'OpenRouter puts the version last',
  },
  {
    model: 'google/gemma-2-27b-it',
    names: ['google/gemini-gemma-2-27b-it'],
    reason: "LiteLLM's name for it on Google AI Studio",
  },
  {
    model: 'google/gemma-2-9b-it',
    names: ['google/gemini-gemma-2-9b-it'],
    reason: "LiteLLM's name for it on Google AI Studio",
  },
  {
    model: 'meta-llama/llama-3.1-8b-instruct',
    names: ['llama-3.1-8b-instant'],
    reason: "Groq's name of its deployment",
  },
  {
    model: 'meta-llama/llama-3.3-70b-instruct',
    names: ['meta-llama/llama-3.3-70b', 'llama-3.3-70b-versatile'],
    reason: 'Llama 3.3 exists as this one instruct model only, and hosts drop or replace the word',
  },
  {
    model: 'meta-llama/llama-4-maverick',
    names: ['meta-llama/llama-4-maverick-17b-instruct'],
    reason: "Bedrock's spelling leaves the experts out",
  },
  {
    model: 'meta-llama/llama-4-scout',
    names: ['meta-llama/llama-4-scout-17b-instruct'],
    reason: "Bedrock's spelling leaves the experts out",
  },
  {
    model: 'mistralai/devstral-medium',
    names: ['mistralai/devstral-medium-2507'],
    reason: "Mistral's own name is dated",
  },
  {
    model: 'mistralai/devstral-small',
    names: ['mistralai/devstral-small-2507'],
    reason: "Mistral's own name is dated",
  },
  {
    model: 'mistralai/mistral-medium-3',
    names: ['mistralai/mistral-medium-2505'],
    reason: "Mistral's own name is dated",
  },
  {
    model: 'mistralai/mistral-medium-3.1',
    names: ['mistralai/mistral-medium-2508'],
    reason: "Mistral's own name is dated",
  },
  {
    model: 'mistralai/mistral-medium-3.5',
    names: ['mistralai/mistral-medium-2604'],
    reason: "Mistral's own name is dated",
  },
  {
    model: 'mistralai/mistral-small-24b-instruct-2501',
    names: ['mistralai/mistral-small-2501'],
    reason: "Mistral's own name leaves the size out",
  },
  {
    model: 'mistralai/mistral-small-3.1-24b-instruct',
    names: ['mistralai/mistral-small-2503'],
    reason: "Mistral's own name is dated",
  },
  {
    model: 'mistralai/mistral-small-3.2-24b-instruct',
    names: ['mistralai/mistral-small-2506'],
    reason: "Mistral's own name is dated",
  },
  {
    model: 'mistralai/mistral-nemo',
    names: ['mistralai/open-mistral-nemo', 'mistralai/open-mistral-nemo-2407'],
    reason: "Mistral's own names of its open models",
  },
  {
    model: 'mistralai/mixtral-8x22b-instruct',
    names: ['mistralai/open-mixtral-8x22b'],
    reason: "Mistral's own names of its open models",
  },
  {
    model: 'mistralai/mixtral-8x7b-instruct',
    names: ['mistralai/open-mixtral-8x7b', 'mistralai/mixtral-8x7b'],
    reason: "Mistral's own names of its open models",
  },
  {
    model: 'mistralai/pixtral-large-2411',
    names: ['mistralai/pixtral-large'],
    reason: 'the only version of it',
  },
  {
    model: 'moonshotai/kimi-k2',
    names: ['moonshotai/kimi-k2-0711', 'moonshotai/kimi-k2-0711-preview'],
    reason: "Moonshot's API name of the July 2025 weights",
  },
  {
    model: 'moonshotai/kimi-k2-0905',
    names: ['moonshotai/kimi-k2-0905-preview'],
    reason: "Moonshot's API name of the September 2025 weights",
  },
  {
    model: 'nvidia/llama-3.1-nemotron-ultra-253b',
    names: ['nvidia/llama-3.1-nemotron-ultra-253b-v1'],
    reason: "the repository's name has its version",
  },
  { model: 'openai/gpt-3.5-turbo', names: ['openai/gpt-35-turbo'], reason: "Azure's spelling" },
  { model: 'openai/gpt-3.5-turbo-16k', names: ['openai/gpt-35-turbo-16k'], reason: "Azure's spelling" },
  {
    model: 'openai/gpt-4-turbo',
    names: ['openai/gpt-4-1106-preview', 'openai/gpt-4-0125-preview', 'openai/gpt-4-vision-preview'],
    reason: 'the previews of GPT-4 Turbo carry the name GPT-4',
  },
  {
    model: 'qwen/qwen3-235b-a22b-2507',
    names: ['qwen/qwen3-235b-2507', 'qwen/qwen3-235b-a22b-instruct'],
    reason: 'the study shortens the name',
  },
  {
    model: 'qwen/qwen3-coder',
    names: ['qwen/qwen3-coder-480b', 'qwen/qwen-3-coder'],
    reason: 'the study shortens the name',
  },
  {
    model: 'tngtech/deepseek-r1t2-chimera',
    names: ['tngtech/deepseek-tng-r1t2-chimera', 'tngtech/tng-r1t2-chimera'],
    reason: 'the repository and the study spell it differently',
  },
];
