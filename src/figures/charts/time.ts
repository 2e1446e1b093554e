/** The horizontal axis of periods, in UTC; days with their month, and the year where it begins. */
export const time = {
  field: 'period',
  type: 'temporal',
  scale: { type: 'utc' },
  title: null,
  axis: {
    grid: false,
    tickCount: 8,
    labelOverlap: 'greedy',
    // Pixels from the ends of the axis within which a label is kept from standing out over them.
    labelFlush: 24,
    labelExpr:
      "[utcdate(datum.value) === 1 ? utcFormat(datum.value, '%b') : utcFormat(datum.value, '%-d %b'), " +
      "datum.index === 0 || (utcmonth(datum.value) === 0 && utcdate(datum.value) <= 7) ? utcFormat(datum.value, '%Y') : '']",
  },
} as const;
