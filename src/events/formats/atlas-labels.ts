import { defineFormat } from './log-format.ts';

/** Content labels of generations, under the project's own names. */
export const atlasLabels = defineFormat({
  id: 'atlas-labels',
  title: 'Token Atlas content labels',
  kind: 'label',
  containers: ['csv', 'ndjson', 'json', 'parquet'],
  description:
    'One label of one generation per row; a generation may have several. generation_id is the gateway’s id of the ' +
    'generation, as its log has it. What the prompt is about is a content-classification path in path, or the id ' +
    'of a tag in tag; where a row has both, the path counts. Labels with a confidence below 0.5 are left out. A ' +
    'label is known by its generation, path or tag, classifier and version.',
  requiredColumns: ['generation_id', ['path', 'tag'], 'confidence'],
  identity: 'label',
  identicalRows: 'one-event',
  fields: {
    generationId: 'generation_id',
    label: ['path', 'tag'],
    confidence: 'confidence',
    classifier: 'classifier',
    version: 'version',
  },
});
