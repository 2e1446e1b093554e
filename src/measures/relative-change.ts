type Value = number | string | null;

/** Change against an earlier value: 0.25 is a quarter more. Null where the earlier one is 0, or either is unknown. */
export function relativeChange(value: Value, earlier: Value): number | null {
  const isKnown = value !== null && earlier !== null && Number(earlier) !== 0;
  return isKnown ? Number(value) / Number(earlier) - 1 : null;
}
