import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog, modelOf, resolveModel } from '../../src/catalog/index.ts';

const idOf = (name: string) => resolveModel(name).modelId;
const modelId = fc.constantFrom(...[...catalog.models.keys()].filter((id) => id !== 'other'));

describe('names as gateways write them', () => {
  it.each([
    // OpenRouter: permaslugs, older and newer spellings.
    ['deepseek/deepseek-v4-flash-20260423', 'deepseek/deepseek-v4-flash', null],
    ['anthropic/claude-4.7-opus-20260416', 'anthropic/claude-opus-4.7', null],
    ['anthropic/claude-4-sonnet-20250522', 'anthropic/claude-sonnet-4', null],
    ['qwen/qwen3-coder-480b-a35b-07-25', 'qwen/qwen3-coder', null],
    ['moonshotai/kimi-k2.5-0127', 'moonshotai/kimi-k2.5', null],
    ['meta-llama/llama-4-scout-17b-16e-instruct', 'meta-llama/llama-4-scout', null],
    ['~anthropic/claude-sonnet-latest', 'anthropic/claude-sonnet-latest', null],
    ['openrouter/anthropic/claude-3.7-sonnet', 'anthropic/claude-3.7-sonnet', 'openrouter'],
    ['openrouter/openrouter/quasar-alpha', 'openrouter/quasar-alpha', 'openrouter'],
    ['openrouter/auto', 'openrouter/auto', 'openrouter'],
    // Vendors' own names.
    ['claude-3-5-sonnet-20241022', 'anthropic/claude-3.5-sonnet', null],
    ['anthropic/claude-3-7-sonnet-20250219', 'anthropic/claude-3.7-sonnet', null],
    ['claude-opus-4-0', 'anthropic/claude-opus-4', null],
    ['gpt-4-0613', 'openai/gpt-4', null],
    ['gpt-4-1106-preview', 'openai/gpt-4-turbo', null],
    ['gpt-4o-2024-08-06', 'openai/gpt-4o', null],
    ['o1-preview', 'openai/o1-preview', null],
    // LiteLLM.
    ['gemini/gemini-2.5-pro-exp-03-25', 'google/gemini-2.5-pro', 'google-ai-studio'],
    ['gemini/gemini-1.5-flash-002', 'google/gemini-1.5-flash', 'google-ai-studio'],
    ['gemini/gemini-1.5-flash-8b-exp-0924', 'google/gemini-1.5-flash-8b', 'google-ai-studio'],
    ['fireworks_ai/accounts/fireworks/models/deepseek-v3', 'deepseek/deepseek-chat', 'fireworks'],
    [
      'fireworks_ai/accounts/fireworks/models/qwen2p5-coder-32b-instruct',
      'qwen/qwen-2.5-coder-32b-instruct',
      'fireworks',
    ],
    [
      'fireworks_ai/accounts/fireworks/models/llama-v3p1-70b-instruct',
      'meta-llama/llama-3.1-70b-instruct',
      'fireworks',
    ],
    ['together_ai/Qwen/Qwen3-235B-A22B-fp8-tput', 'qwen/qwen3-235b-a22b', 'together'],
    ['azure/gpt-4o', 'openai/gpt-4o', 'azure'],
    ['azure/eu/gpt-35-turbo-0125', 'openai/gpt-3.5-turbo', 'azure'],
    ['vertex_ai/claude-3-5-sonnet-v2@20241022', 'anthropic/claude-3.5-sonnet', 'google-vertex'],
    ['vertex_ai/meta/llama-3.1-405b-instruct-maas', 'meta-llama/llama-3.1-405b-instruct', 'google-vertex'],
    ['us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'anthropic/claude-3.5-sonnet', 'amazon-bedrock'],
    ['bedrock/us-west-2/deepseek.v3.2', 'deepseek/deepseek-v3.2', 'amazon-bedrock'],
    ['openai.gpt-oss-120b-1:0', 'openai/gpt-oss-120b', 'amazon-bedrock'],
    ['accounts/fireworks/models/deepseek-r1', 'deepseek/deepseek-r1', 'fireworks'],
    ['models/gemini-1.5-pro-latest', 'google/gemini-1.5-pro', null],
    ['publishers/google/models/gemini-2.0-flash-001', 'google/gemini-2.0-flash', 'google-vertex'],
    ['perplexity/openai/gpt-5-mini', 'openai/gpt-5-mini', 'perplexity'],
    ['amazon.nova-pro-v1:0', 'amazon/nova-pro-v1', 'amazon-bedrock'],
    ['groq/llama-3.3-70b-versatile', 'meta-llama/llama-3.3-70b-instruct', 'groq'],
    ['xai/grok-3-mini-beta', 'x-ai/grok-3-mini', 'xai'],
    ['ollama/gemma2:27b', 'google/gemma-2-27b-it', 'ollama'],
    ['deepinfra/zai-org/GLM-4.5', 'z-ai/glm-4.5', 'deepinfra'],
  ])('%s is %s', (name, expected, providerId) => {
    expect(resolveModel(name)).toMatchObject({ modelId: expected, providerId });
  });

  it.each([
    ['DeepSeek V3', 'deepseek/deepseek-chat'],
    ['DeepSeek R1', 'deepseek/deepseek-r1'],
    ['DeepSeek V3.1', 'deepseek/deepseek-chat-v3.1'],
    ['TNG R1T2 Chimera', 'tngtech/deepseek-r1t2-chimera'],
    ['GLM 4.5 Air', 'z-ai/glm-4.5-air'],
    ['MiniMax M2', 'minimax/minimax-m2'],
    ['Kimi K2', 'moonshotai/kimi-k2'],
    ['Mistral Nemo', 'mistralai/mistral-nemo'],
    ['Qwen3 Coder 480B', 'qwen/qwen3-coder'],
    ['Qwen3 235B 2507', 'qwen/qwen3-235b-a22b-2507'],
    ['Llama 3.3 70B', 'meta-llama/llama-3.3-70b-instruct'],
    ['Llama 4 Maverick', 'meta-llama/llama-4-maverick'],
    ['Qwen3 30B A3B', 'qwen/qwen3-30b-a3b'],
    ['gpt-oss-120b', 'openai/gpt-oss-120b'],
    ['gpt-oss-20b', 'openai/gpt-oss-20b'],
    ['claude-4.5-sonnet', 'anthropic/claude-sonnet-4.5'],
    ['anthropic/claude-3-5-haiku', 'anthropic/claude-3.5-haiku'],
    ['gemini-2.0-flash-001', 'google/gemini-2.0-flash'],
    ['grok-code-fast-1', 'x-ai/grok-code-fast-1'],
    ['glm-4.6', 'z-ai/glm-4.6'],
    ['GPT-4o Mini', 'openai/gpt-4o-mini'],
    ['DeepSeek Chat V3-0324', 'deepseek/deepseek-chat-v3-0324'],
    ['deepseek/deepseek-v3-0324', 'deepseek/deepseek-chat-v3-0324'],
    ['Kimi Linear 48B A3B Instruct', 'moonshotai/kimi-linear-48b-a3b-instruct'],
    ['Qwen3 Coder Flash', 'qwen/qwen3-coder-flash'],
    ['ERNIE 4.5 300B A47B', 'baidu/ernie-4.5-300b-a47b'],
    ['qwen/qwen-2-7b-instruct', 'qwen/qwen-2-7b-instruct'],
    ['ibm/granite-4.0-micro', 'ibm-granite/granite-4.0-h-micro'],
    ['openai/gpt-5-pro', 'openai/gpt-5-pro'],
    ['o1', 'openai/o1'],
  ])("the study's %s is %s", (name, expected) => {
    expect(resolveModel(name)).toMatchObject({ modelId: expected, labelled: true });
  });
});

describe('what is one model and what is two', () => {
  it('keeps separately published weights apart', () => {
    const names = [
      'deepseek-v3',
      'deepseek-chat-v3-0324',
      'deepseek-v3.1',
      'deepseek-v3.1-terminus',
      'deepseek-v3.2-exp',
      'deepseek-v3.2',
      'deepseek-v4-flash-20260423',
      'deepseek-v4-flash-20260731',
      'kimi-k2',
      'kimi-k2-0905',
      'hy3-preview',
      'hy3',
    ];
    expect(new Set(names.map(idOf)).size).toBe(names.length);
  });

  it('keeps products of different names apart', () => {
    const names = ['gpt-4o', 'gpt-4o-mini', 'gpt-4', 'gpt-4-turbo', 'o1', 'o1-preview', 'o3-mini', 'gpt-4.1'];
    expect(new Set(names.map(idOf)).size).toBe(names.length);
  });

  it('takes every snapshot of an API product for that product', () => {
    const names = [
      'gemini-2.5-pro',
      'gemini-2.5-pro-exp-03-25',
      'gemini-2.5-pro-preview-03-25',
      'gemini-2.5-pro-preview-05-06',
      'google/gemini-2.5-pro-preview-06-05',
    ];
    expect(new Set(names.map(idOf))).toEqual(new Set(['google/gemini-2.5-pro']));
  });

  it('believes an exact name before a rule: this permaslug of GLM 4.6V looks like a snapshot of GLM 4.6', () => {
    expect(idOf('z-ai/glm-4.6-20251208')).toBe('z-ai/glm-4.6v');
    expect(idOf('z-ai/glm-4.6-20251207')).toBe('z-ai/glm-4.6');
  });

  it('does not take a short date off where it may name other weights', () => {
    expect(idOf('deepseek/deepseek-r1-0915')).toBe('deepseek/deepseek-r1-0915');
    expect(idOf('mistralai/codestral-2703')).toBe('mistralai/codestral-2703');
    expect(idOf('qwen/qwen3-32b-0915')).toBe('qwen/qwen3-32b-0915');
    expect(idOf('google/gemma-3-27b-it-preview')).toBe('google/gemma-3-27b-it-preview');
  });

  it('does not read an unknown version as a revision of a known one', () => {
    expect(resolveModel('anthropic.claude-sonnet-4-7-v1:0').labelled).toBe(false);
    expect(resolveModel('claude-opus-9').labelled).toBe(false);
    expect(resolveModel('gpt-4.7').labelled).toBe(false);
  });

  it("does not take Ollama's default sizes for the model they are named after", () => {
    expect(resolveModel('ollama/deepseek-r1').labelled).toBe(false);
    expect(resolveModel('ollama/deepseek-r1:14b').labelled).toBe(false);
  });
});

describe('unknown names', () => {
  it.each([
    ['openrouter/REDACTED', 'unlabelled/openrouter/redacted', 'openrouter'],
    ['ollama/REDACTED', 'unlabelled/ollama/redacted', 'ollama'],
    ['deepseek/REDACTED', 'unlabelled/deepseek/redacted', null],
    ['None', 'unlabelled/none', null],
    ['', 'unlabelled/unnamed', null],
    ['__proto__', 'unlabelled/__proto__', null],
    ['constructor', 'unlabelled/constructor', null],
    ['toString/valueOf', 'unlabelled/tostring/valueof', null],
    ['azure/my-deployment', 'unlabelled/azure/my-deployment', 'azure'],
    ['databricks/databricks-gpt-5', 'unlabelled/databricks/databricks-gpt-5', 'databricks'],
    ['some-company/gpt-4o', 'unlabelled/some-company/gpt-4o', null],
    [
      'fireworks_ai/accounts/acme/models/deepseek-v3',
      'unlabelled/fireworks_ai/accounts/acme/models/deepseek-v3',
      'fireworks',
    ],
    ['ft:gpt-4o-mini-2024-07-18:acme::9xyz', 'unlabelled/ft:gpt-4o-mini-2024-07-18:acme::9xyz', null],
  ])('%j becomes %s', (name, expected, providerId) => {
    expect(resolveModel(name)).toEqual({ modelId: expected, variant: null, providerId, labelled: false });
    expect(modelOf(expected)).toMatchObject({ id: expected, authorId: null, source: null, labelled: false });
  });

  it('keep the author whose prefix they carry, and nothing else', () => {
    expect(resolveModel('openrouter/qwen/qwen9-max:free')).toEqual({
      modelId: 'qwen/qwen9-max',
      variant: 'free',
      providerId: 'openrouter',
      labelled: false,
    });
    expect(modelOf('qwen/qwen9-max')).toMatchObject({
      authorId: 'qwen',
      origin: 'CHINA',
      source: null,
      reasoning: null,
    });
  });

  it('stay distinct where the names are', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9 /._@-]{0,20}[a-z0-9]$/);
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [a, b] = [idOf(`zz${one}`), idOf(`zz${other}`)];
        expect(a === b).toBe(one.replace(/ +/g, ' ') === other.replace(/ +/g, ' '));
      }),
    );
  });
});

it("takes a feed's own rest for no model", () => {
  expect(resolveModel('other')).toEqual({
    modelId: 'other',
    variant: null,
    providerId: null,
    labelled: false,
  });
  expect(catalog.models.get('other')).toMatchObject({ name: 'Other models', labelled: false });
});

describe('rules for every name', () => {
  it('every model is known by its own id', () => {
    for (const id of catalog.models.keys()) expect(idOf(id)).toBe(id);
  });

  it('answers every text, the same text always the same, and an id with itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (raw) => {
        const resolved = resolveModel(raw);
        expect(resolveModel(raw)).toEqual(resolved);
        expect(idOf(resolved.modelId)).toBe(resolved.modelId);
        expect(modelOf(resolved.modelId).id).toBe(resolved.modelId);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['openrouter/', 'x-preview-exp-0101', 'a:free', 'claude-v1-v2', ' ', '7p'])(
    'answers names of 100,000 characters made of %j without delay',
    (part) => {
      const before = process.cpuUsage();
      resolveModel(part.repeat(100_000 / part.length));
      const { user } = process.cpuUsage(before);
      expect(user / 1_000).toBeLessThan(1_000);
    },
  );

  it('does not see the difference between upper and lower case', () => {
    fc.assert(
      fc.property(fc.oneof(modelId, fc.stringMatching(/^[ -~]*$/)), (name) => {
        expect(resolveModel(name.toUpperCase())).toEqual(resolveModel(name.toLowerCase()));
      }),
    );
  });

  it('variants, full dates and gateways do not change the model', () => {
    const variant = fc.constantFrom('', ':free', ':thinking', ':nitro', ':online', ':batch', ':free:online');
    const date = fc.constantFrom('', '-20310102', '-2031-01-02', '@20310102');
    const gateway = fc.constantFrom('', 'openrouter/', 'vercel_ai_gateway/', 'openrouter/~');
    fc.assert(
      fc.property(gateway, modelId, date, variant, (before, id, day, after) => {
        expect(idOf(before + id + day + after)).toBe(id);
      }),
      { numRuns: 1000 },
    );
  });
});
