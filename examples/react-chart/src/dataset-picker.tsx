import { datasetsQuery } from './datasets-query.ts';
import { useAnswer } from './use-answer.ts';

interface DatasetPickerProps {
  readonly apiKey: string | null;
  /** Null: the server's default. */
  readonly chosen: string | null;
  readonly onChoose: (dataset: string | null) => void;
}

/** The data sets that this visitor may see. Without them, the chart below says what is wrong. */
export function DatasetPicker({ apiKey, chosen, onChoose }: DatasetPickerProps) {
  const answer = useAnswer(datasetsQuery, {}, apiKey);
  const datasets = answer.state === 'ANSWERED' ? answer.result.datasets : [];
  return (
    <label>
      Data set
      <select value={chosen ?? ''} onChange={({ target }) => onChoose(target.value || null)}>
        <option value="">The server’s default</option>
        {datasets.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
