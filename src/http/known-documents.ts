import type { ApolloServerOptions, ApolloServerPlugin, BaseContext } from '@apollo/server';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import { parse } from 'graphql';
import { AtlasError } from '../errors.ts';
import { permanentDocumentsOf } from '../permalinks/permanent-document.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** Documents that clients registered by sending them once with their hash: a cache that anybody can fill. */
export const registeredDocumentLimits = {
  /** Bytes of all together; the longest unused go first. */
  totalBytes: 8_388_608,
  /** Bytes of one; a longer one is answered, and not kept. */
  documentBytes: 32_768,
  /** Seconds after which one is forgotten. */
  ttlSeconds: 86_400,
} as const;

type PersistedQueries = Exclude<ApolloServerOptions<BaseContext>['persistedQueries'], undefined | false>;

/** The documents that clients may ask for by hash: trusted ones always, others once they were registered. */
export function knownDocuments(trusted?: TrustedDocuments): PersistedQueries {
  const { totalBytes, documentBytes, ttlSeconds } = registeredDocumentLimits;
  const registered = new InMemoryLRUCache<string>({
    maxSize: totalBytes,
    maxEntrySize: documentBytes,
    sizeCalculation: (document, hash) => Buffer.byteLength(document) + hash.length,
  });
  return {
    ttl: ttlSeconds,
    cache: {
      get: async (key) => trusted?.documents.get(hashOf(key)) ?? registered.get(key),
      set: (key, document, options) => registered.set(key, document, options),
      delete: (key) => registered.delete(key),
    },
  };
}

/** Apollo Server puts a prefix in front of each hash. */
function hashOf(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

/** Refuses every document that is not trusted, whether sent whole or by hash, and keeps it from being registered. */
export function trustedDocumentsPlugin({ documents }: TrustedDocuments): ApolloServerPlugin {
  // A permanent address runs one operation of a document, in a text of its own.
  const permanent = new Set(
    [...documents.values()].flatMap((text) => permanentDocumentsOf(parse(text)).map(({ hash }) => hash)),
  );
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ queryHash }) {
          if (documents.has(queryHash) || permanent.has(queryHash)) return;
          throw new AtlasError(
            'DOCUMENT_NOT_TRUSTED',
            'This server runs only documents of its manifest: ask its operator to add this one.',
          );
        },
      };
    },
  };
}
