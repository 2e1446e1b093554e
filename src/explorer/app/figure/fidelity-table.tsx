import type { FidelityValue } from './fidelity-query.ts';

const standings: Readonly<Record<string, string>> = {
  PUBLISHED: 'published',
  MEASURED: 'measured from the chart',
  READ: 'read by others',
  INFERRED: 'inferred',
};

/** Published values with the computed ones beside them. */
export function FidelityTable({ values }: { readonly values: readonly FidelityValue[] }) {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="Published and computed values">
      <table>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col" class="numeric">
              Study
            </th>
            <th scope="col" class="numeric">
              Computed
            </th>
            <th scope="col" class="numeric">
              Difference
            </th>
            <th scope="col">Unit</th>
            <th scope="col">Standing</th>
          </tr>
        </thead>
        <tbody>
          {values.map((value, index) => (
            <FidelityRow key={index} value={value} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FidelityRow({ value }: { readonly value: FidelityValue }) {
  const { label, published, unit, standing, counted, note, computed, computedWord, difference, agrees } =
    value;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td class="numeric">{published}</td>
      <td class={`numeric ${computed === null && computedWord === null ? 'missing' : ''}`}>
        {computedWord ?? (computed === null ? 'not covered' : number(computed))}
      </td>
      <td class="numeric">
        {agrees !== null ? (agrees ? 'agrees' : 'differs') : difference === null ? '' : signed(difference)}
      </td>
      <td>{unit}</td>
      <td>
        {standings[standing] ?? standing}
        {!counted && ', not counted'}
        {note !== null && <span class="hint"> ({note})</span>}
      </td>
    </tr>
  );
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 });
}

function signed(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3, signDisplay: 'exceptZero' });
}
