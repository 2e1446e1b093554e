/** Questions beside the study's figures whose answers are read from other tables. */
export const moreQuestions = [
  {
    name: 'latency-by-week',
    text: `{ usage(grain: WEEK) { rows { period { start } latency { p50 p90 p95 p99 } } } }`,
  },
  {
    name: 'prompt-length-by-month-and-model',
    text: `{ usage(groupBy: [MODEL], grain: MONTH, top: { count: 20, others: DROP }) {
      rows { period { start } model { id } promptLength { p50 p99 } } } }`,
  },
  {
    name: 'latency-of-one-model-by-week',
    text: `{ usage(groupBy: [MODEL], grain: WEEK, where: { model: { eq: "author-2/model-1" } }) {
      rows { period { start } latency { p50 p99 } } } }`,
  },
  {
    name: 'fifty-models-by-month',
    text: `{ models(first: 50) { nodes { id usage(grain: MONTH) { rows { period { start } totalTokens share } } } } }`,
  },
];
