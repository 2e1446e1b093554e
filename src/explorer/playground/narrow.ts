/** Whether the list of examples would leave no room for the editor; as the style sheet has it. */
export function isNarrow(): boolean {
  return matchMedia('(width < 48rem)').matches;
}
