import type { ChartSpec, Reading } from '../figure.ts';

/** Numbers at an axis: 40%, 12B, $3.50. SI would say G where people say billion. */
export function axisOf({ unit }: Pick<Reading, 'unit'>): ChartSpec {
  return { labelExpr: labelOf(unit) };
}

function labelOf(unit: string): string {
  if (unit === '%') return "format(datum.value, '~g') + '%'";
  const amount = "replace(format(datum.value, '~s'), 'G', 'B')";
  return unit.startsWith('USD') ? `'$' + ${amount}` : amount;
}

/** What an axis is called; its labels carry the sign of per cent. */
export function titleOf({ title }: Pick<Reading, 'title'>): string {
  return title.replace(/ \(%\)$/, '');
}

/** The value of a point under the pointer, in full. */
export function tooltipOf({ unit, title }: Pick<Reading, 'unit' | 'title'>, field = 'value'): ChartSpec {
  const name = unit === '%' ? `${titleOf({ title })} (%)` : title;
  return { field, type: 'quantitative', title: name, format: unit === '%' ? ',.2f' : ',.4~r' };
}
