import type { Database } from '../database/open-database.ts';
import { AtlasError } from '../errors.ts';
import type { PermanentDocument } from './permanent-document.ts';
import { permalinkLimits } from './permalink-limits.ts';

const hashPattern = /^[0-9a-f]{64}$/;

/** Documents of permanent addresses, each kept once under its hash, for as long as the database is. */
export class DocumentStore {
  readonly #prisma: Database['prisma'];
  /** Bytes of all documents together, beyond which no other is kept. */
  readonly #totalBytes: number;

  constructor(database: Database, totalBytes: number) {
    this.#prisma = database.prisma;
    this.#totalBytes = totalBytes;
  }

  /** Text of the document; null for what is none's hash. */
  async find(hash: string): Promise<string | null> {
    if (!hashPattern.test(hash)) return null;
    const row = await this.#prisma.permanentDocument.findUnique({ where: { hash } });
    return row?.text ?? null;
  }

  /**
   * Keeps a document and says whether it is new here. Documents kept at the same time do not see each other, so
   * the bound may be passed by one document for each connection to the database.
   */
  async keep({ hash, text }: PermanentDocument): Promise<boolean> {
    const bytes = checkSize(text);
    const documents = this.#prisma.permanentDocument;
    const known = await documents.findUnique({ where: { hash }, select: { hash: true } });
    if (known !== null) return false;
    const { _sum } = await documents.aggregate({ _sum: { bytes: true } });
    if ((_sum.bytes ?? 0) + bytes > this.#totalBytes) {
      throw new AtlasError('PERMALINKS_FULL', `PERMALINK_STORE of ${this.#totalBytes} bytes is used up.`);
    }
    const { count } = await documents.createMany({
      data: [{ hash, text, bytes, storedAt: new Date() }],
      skipDuplicates: true,
    });
    return count > 0;
  }
}

function checkSize(text: string): number {
  const bytes = Buffer.byteLength(text);
  const limit = permalinkLimits.documentBytes;
  if (bytes <= limit) return bytes;
  throw new AtlasError(
    'LIMIT_EXCEEDED',
    `The document has ${bytes} bytes; at most ${limit} are kept for a permanent address. Ask for less at once.`,
    { details: { limit } },
  );
}
