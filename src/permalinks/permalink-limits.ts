/** Limits of permanent addresses. They are stated in refusals and refused, never clamped. */
export const permalinkLimits = {
  /** Bytes of one document, after normalisation. */
  documentBytes: 32_768,
  /** Characters of one address: it must fit into the head of a request, beside its headers. */
  addressCharacters: 8_000,
  /** Releases that one address names. */
  releases: 20,
} as const;

/** Points that a document costs which is not kept yet: disk is dearer than an answer. */
export function pointsToKeep(bytes: number): number {
  return 100 + Math.ceil(bytes / 100);
}
