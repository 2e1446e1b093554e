/** A part of the key space, both ends included. */
export interface KeySlice {
  from: bigint;
  to: bigint;
}

// Deciding on a row and storing it takes under 400 bytes at the peak (500,000 rows passed under 192 MiB).
const bytesPerRow = 1024;

/**
 * Cuts the key space so that what is done for one slice of a load fits into the memory of one statement.
 * Keys are digests, so slices of equal width hold about equally many rows; both the staged and the stored
 * keys lie in key order, so a slice is read without reading the rest.
 */
export function keySlices(rows: number, statementMemoryBytes: number): KeySlice[] {
  const count = BigInt(Math.max(1, Math.ceil((rows * bytesPerRow) / statementMemoryBytes)));
  const end = 1n << 128n;
  return Array.from({ length: Number(count) }, (_, index) => ({
    from: (end * BigInt(index)) / count,
    to: (end * BigInt(index + 1)) / count - 1n,
  }));
}
