import type { CountryCode, Provider } from './types.ts';

interface ProviderEntry {
  readonly name: string;
  readonly country: CountryCode | null;
  /** Names in logs and exports, and the prefixes that gateways put before a model's name. */
  readonly aliases?: readonly string[];
}

/** Hosts and gateways: OpenRouter's provider names, LiteLLM's prefixes and models.dev's ids, united. */
const entries: Readonly<Record<string, ProviderEntry>> = {
  '01-ai': { name: '01.AI', country: 'CN', aliases: ['01.ai', '01ai'] },
  ai21: { name: 'AI21', country: 'IL', aliases: ['ai21_chat', 'ai21 labs'] },
  'aion-labs': { name: 'AionLabs', country: null, aliases: ['aionlabs'] },
  akashml: { name: 'AkashML', country: null },
  alibaba: { name: 'Alibaba Cloud', country: 'CN', aliases: ['alibaba-cn', 'dashscope'] },
  'amazon-bedrock': {
    name: 'Amazon Bedrock',
    country: 'US',
    aliases: ['bedrock', 'bedrock_converse', 'bedrock_mantle', 'aws', 'aws bedrock', 'converse'],
  },
  'amazon-nova': { name: 'Amazon Nova', country: 'US', aliases: ['amazon_nova'] },
  'amazon-sagemaker': { name: 'Amazon SageMaker', country: 'US', aliases: ['sagemaker', 'sagemaker_chat'] },
  ambient: { name: 'Ambient', country: null },
  anthropic: { name: 'Anthropic', country: 'US' },
  anyscale: { name: 'Anyscale', country: 'US' },
  'arcee-ai': { name: 'Arcee AI', country: 'US', aliases: ['arcee'] },
  atlascloud: { name: 'AtlasCloud', country: null, aliases: ['atlas-cloud'] },
  atoma: { name: 'Atoma', country: null },
  avian: { name: 'Avian', country: null },
  azure: {
    name: 'Microsoft Azure',
    country: 'US',
    aliases: ['azure_ai', 'azure_text', 'azure openai', 'azure-openai', 'azure-cognitive-services'],
  },
  baidu: { name: 'Baidu', country: 'CN', aliases: ['qianfan'] },
  baseten: { name: 'Baseten', country: 'US' },
  'black-forest-labs': { name: 'Black Forest Labs', country: 'DE', aliases: ['black_forest_labs'] },
  byteplus: { name: 'BytePlus', country: null },
  cerebras: { name: 'Cerebras', country: 'US' },
  chutes: { name: 'Chutes', country: null },
  cirrascale: { name: 'Cirrascale', country: 'US' },
  clarifai: { name: 'Clarifai', country: 'US' },
  'claude-platform-on-aws': { name: 'Claude Platform on AWS', country: 'US' },
  cloudflare: {
    name: 'Cloudflare',
    country: 'US',
    aliases: ['cloudflare-workers-ai', 'workers-ai', 'workers ai', 'cloudflare-ai-gateway'],
  },
  cohere: { name: 'Cohere', country: 'CA', aliases: ['cohere_chat'] },
  coreweave: { name: 'CoreWeave', country: 'US' },
  'crof-ai': { name: 'CrofAI', country: null, aliases: ['crofai', 'crof'] },
  crusoe: { name: 'Crusoe', country: 'US' },
  darkbloom: { name: 'Darkbloom', country: null },
  databricks: { name: 'Databricks', country: 'US' },
  deepinfra: { name: 'DeepInfra', country: 'US' },
  deepseek: { name: 'DeepSeek', country: 'CN' },
  digitalocean: { name: 'DigitalOcean', country: 'US', aliases: ['gradient_ai'] },
  featherless: { name: 'Featherless', country: null, aliases: ['featherless_ai'] },
  fireworks: {
    name: 'Fireworks',
    country: 'US',
    aliases: ['fireworks_ai', 'fireworks-ai', 'fireworks ai'],
  },
  friendli: { name: 'FriendliAI', country: null, aliases: ['friendliai'] },
  'github-copilot': { name: 'GitHub Copilot', country: 'US', aliases: ['github_copilot'] },
  'github-models': { name: 'GitHub Models', country: 'US', aliases: ['github'] },
  gmicloud: { name: 'GMI Cloud', country: 'US', aliases: ['gmi', 'gmi cloud'] },
  'google-ai-studio': { name: 'Google AI Studio', country: 'US', aliases: ['gemini'] },
  'google-vertex': {
    // OpenRouter calls Vertex plain "Google" and the other one "Google AI Studio".
    name: 'Google Vertex AI',
    country: 'US',
    aliases: ['google', 'vertex_ai', 'vertex_ai_beta', 'vertex ai', 'vertexai', 'google-vertex-anthropic'],
  },
  groq: { name: 'Groq', country: 'US' },
  helicone: { name: 'Helicone', country: 'US' },
  huggingface: { name: 'Hugging Face', country: 'US', aliases: ['hugging face', 'hf'] },
  hyperbolic: { name: 'Hyperbolic', country: 'US', aliases: ['hyperbolic 2'] },
  inception: { name: 'Inception', country: 'US' },
  inceptron: { name: 'Inceptron', country: null },
  'inference-net': { name: 'Inference.net', country: null, aliases: ['inferencenet', 'inference'] },
  infermatic: { name: 'Infermatic', country: null },
  inflection: { name: 'Inflection', country: 'US' },
  'io-net': { name: 'io.net', country: null, aliases: ['io net', 'ionet'] },
  lambda: { name: 'Lambda', country: 'US', aliases: ['lambda_ai'] },
  lepton: { name: 'Lepton AI', country: 'US' },
  liquid: { name: 'Liquid AI', country: 'US' },
  llmgateway: { name: 'LLM Gateway', country: null },
  'lm-studio': { name: 'LM Studio', country: 'US', aliases: ['lm_studio', 'lmstudio'] },
  mancer: { name: 'Mancer', country: null, aliases: ['mancer 2'] },
  meta: { name: 'Meta', country: 'US', aliases: ['meta_llama', 'llama'] },
  minimax: { name: 'MiniMax', country: 'CN', aliases: ['minimax-cn'] },
  mistral: { name: 'Mistral', country: 'FR', aliases: ['mistral ai', 'codestral'] },
  modal: { name: 'Modal', country: 'US' },
  modular: { name: 'Modular', country: 'US' },
  'moonshot-ai': {
    name: 'Moonshot AI',
    country: 'CN',
    aliases: ['moonshot', 'moonshotai', 'moonshotai-cn'],
  },
  morph: { name: 'Morph', country: 'US' },
  'nano-gpt': { name: 'NanoGPT', country: null, aliases: ['nanogpt'] },
  ncompass: { name: 'NCompass', country: null },
  nebius: { name: 'Nebius', country: 'NL', aliases: ['nebius ai studio'] },
  'nex-agi': { name: 'Nex AGI', country: 'CN' },
  nextbit: { name: 'NextBit', country: null },
  novita: { name: 'Novita', country: null, aliases: ['novita-ai', 'novita ai'] },
  nscale: { name: 'Nscale', country: 'GB' },
  nvidia: { name: 'NVIDIA', country: 'US', aliases: ['nvidia_nim'] },
  octoai: { name: 'OctoAI', country: 'US' },
  ollama: { name: 'Ollama', country: 'US', aliases: ['ollama_chat', 'ollama-cloud'] },
  openai: { name: 'OpenAI', country: 'US', aliases: ['text-completion-openai', 'chatgpt'] },
  openinference: { name: 'OpenInference', country: null },
  openrouter: { name: 'OpenRouter', country: 'US' },
  ovhcloud: { name: 'OVHcloud', country: 'FR' },
  parasail: { name: 'Parasail', country: 'US' },
  perceptron: { name: 'Perceptron', country: 'US' },
  perplexity: { name: 'Perplexity', country: 'US' },
  phala: { name: 'Phala', country: null },
  poolside: { name: 'Poolside', country: null },
  portkey: { name: 'Portkey', country: null },
  reka: { name: 'Reka', country: 'US' },
  relace: { name: 'Relace', country: 'US' },
  replicate: { name: 'Replicate', country: 'US' },
  'sakana-ai': { name: 'Sakana AI', country: 'JP', aliases: ['sakana'] },
  sambanova: { name: 'SambaNova', country: 'US', aliases: ['sambanova 2'] },
  scaleway: { name: 'Scaleway', country: 'FR' },
  seed: { name: 'ByteDance Seed', country: 'CN', aliases: ['bytedance', 'volcengine'] },
  'sf-compute': { name: 'SF Compute', country: 'US' },
  siliconflow: { name: 'SiliconFlow', country: 'CN', aliases: ['siliconflow-cn'] },
  snowflake: { name: 'Snowflake', country: 'US', aliases: ['snowflake-cortex'] },
  // OpenRouter's name for a host that does not say who it is.
  stealth: { name: 'Stealth', country: null },
  stepfun: { name: 'StepFun', country: 'CN', aliases: ['stepfun-ai'] },
  streamlake: { name: 'StreamLake', country: 'CN' },
  switchpoint: { name: 'Switchpoint', country: null },
  targon: { name: 'Targon', country: null },
  tencent: { name: 'Tencent', country: 'CN', aliases: ['tencent-tokenhub'] },
  tenstorrent: { name: 'Tenstorrent', country: null },
  'thinking-machines': { name: 'Thinking Machines', country: 'US' },
  tinfoil: { name: 'Tinfoil', country: 'US' },
  together: {
    name: 'Together',
    country: 'US',
    aliases: ['together_ai', 'togetherai', 'together ai', 'together 2'],
  },
  upstage: { name: 'Upstage', country: 'KR' },
  venice: { name: 'Venice', country: null },
  vercel: { name: 'Vercel AI Gateway', country: 'US', aliases: ['vercel_ai_gateway', 'v0'] },
  vultr: { name: 'Vultr', country: 'US' },
  wafer: { name: 'Wafer', country: null, aliases: ['wafer.ai'] },
  wandb: { name: 'Weights & Biases', country: 'US', aliases: ['weights & biases', 'weights and biases'] },
  watsonx: { name: 'IBM watsonx', country: 'US', aliases: ['watsonx_text'] },
  xai: { name: 'xAI', country: 'US', aliases: ['x-ai'] },
  xiaomi: { name: 'Xiaomi', country: 'CN', aliases: ['mimo'] },
  'z-ai': { name: 'Z.ai', country: 'CN', aliases: ['z.ai', 'zai', 'zhipuai'] },
};

/** OpenRouter's names of further hosts, small or gone: known, and nothing more said of them. */
const furtherHosts = [
  ...['Cent-ML', 'Crucible', 'Decart', 'Deepgram', 'DekaLLM', 'Enfer', 'Fish Audio', 'GoPomelo', 'HeyGen'],
  ...['Inferact vLLM', 'InoCloud', 'Ionstream', 'Kluster', 'Krea', 'Lynn', 'Makora', 'Mara', 'ModelRun'],
  ...['Nineteen', 'Quiver', 'Recraft', 'Recursal', 'Reflection', 'Runway', 'Sail Research', 'Sourceful'],
  ...['Ubicloud', 'VoyageAI by MongoDB'],
];

/** All known hosts and gateways by id. */
export function buildProviders(): Map<string, Provider> {
  const providers = Object.entries(entries).map(([id, entry]) => toProvider(id, entry));
  const further = furtherHosts.map((name) =>
    toProvider(name.toLowerCase().replaceAll(' ', '-'), { name, country: null }),
  );
  return new Map([...providers, ...further].map((provider) => [provider.id, provider]));
}

function toProvider(id: string, { name, country, aliases = [] }: ProviderEntry): Provider {
  return Object.freeze({ id, name, country, aliases: Object.freeze([...aliases]) });
}
