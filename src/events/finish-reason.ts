/** Why a completion ended, in one vocabulary over all providers. */
export const finishReasons = ['stop', 'length', 'tool_calls', 'content_filter', 'error', 'other'] as const;

export type FinishReason = (typeof finishReasons)[number];

// Spellings met in the wild: OpenAI (chat and responses), Anthropic, Google, Cohere, Mistral, Bedrock, vLLM, TGI.
const spellings: Record<Exclude<FinishReason, 'other'>, readonly string[]> = {
  stop: ['stop', 'stop_sequence', 'end_turn', 'end', 'eos', 'eos_token', 'complete', 'completed', 'finished'],
  length: [
    'length',
    'max_tokens',
    'max_length',
    'max_output_tokens',
    'model_length',
    'model_context_window_exceeded',
  ],
  tool_calls: ['tool_calls', 'tool_call', 'tool_use', 'function_call'],
  content_filter: [
    'content_filter',
    'content_filtered',
    'safety',
    'recitation',
    'blocklist',
    'prohibited_content',
    'spii',
    'refusal',
    'guardrail_intervened',
  ],
  error: ['error', 'failed', 'failure', 'malformed_function_call'],
};

const bySpelling = new Map<string, FinishReason>(
  finishReasons.flatMap((reason) =>
    reason === 'other' ? [] : spellings[reason].map((spelling) => [spelling, reason] as const),
  ),
);

/** The reason a provider's own word stands for; a word not known is `other`. */
export function finishReasonOf(raw: string): FinishReason {
  return bySpelling.get(raw) ?? bySpelling.get(raw.toLowerCase()) ?? 'other';
}
