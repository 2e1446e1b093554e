import { asOption, type PartProps } from './build-form.tsx';
import type { Top } from './choice.ts';
import { FormPart, Pick } from './form-part.tsx';
import { helpOf, limitOf } from './metadata.ts';

const firstTop: Top = { count: 10, by: 'TOTAL_TOKENS', others: 'SHOW', within: 'RANGE' };

/** Keeps the largest groups, with or without the rest as others. */
export function TopPart({ choice, metadata, refusals, onChange }: PartProps) {
  const { top, groupBy } = choice;
  const set = (part: Partial<Top>): void => onChange({ top: { ...(top ?? firstTop), ...part } });
  const ranking = metadata.dataset.measures.filter(({ kind }) => kind === 'SUM' || kind === 'RATIO');
  const most = limitOf(metadata, 'topGroups');
  return (
    <FormPart title="Top" help={helpOf(metadata, 'top')} refusal={refusals.top}>
      <label class="inline">
        <input
          type="checkbox"
          checked={top !== null}
          disabled={top === null && groupBy.length === 0}
          onChange={({ currentTarget }) => onChange({ top: currentTarget.checked ? firstTop : null })}
        />
        Keep the largest groups
      </label>
      {top !== null && (
        <div class="form-row">
          <label>
            <span class="field-name">How many{most === undefined ? '' : ` (1 to ${most})`}</span>
            <input
              type="number"
              min={1}
              max={most}
              value={top.count}
              onChange={({ currentTarget }) => set({ count: Math.trunc(Number(currentTarget.value)) })}
            />
          </label>
          <Pick
            label="Largest by"
            value={top.by}
            options={ranking.map(asOption)}
            onChange={(by) => set({ by: by ?? top.by })}
          />
          <Pick
            label="The others are"
            value={top.others}
            options={metadata.othersModes.enumValues.map(({ name }) => ({
              name,
              text: othersTexts[name] ?? name,
            }))}
            onChange={(others) => set({ others: others ?? top.others })}
          />
          {choice.grain !== null && (
            <Pick
              label="Ranked within"
              value={top.within}
              options={metadata.topScopes.enumValues.map(({ name }) => ({
                name,
                text: scopeTexts[name] ?? name,
              }))}
              onChange={(within) => set({ within: within ?? top.within })}
            />
          )}
        </div>
      )}
    </FormPart>
  );
}

const othersTexts: Readonly<Record<string, string>> = { SHOW: 'summed up', DROP: 'left out' };
const scopeTexts: Readonly<Record<string, string>> = { RANGE: 'the whole range', PERIOD: 'each period' };
