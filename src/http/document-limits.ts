import { type ASTVisitor, type DocumentNode, GraphQLError, type ValidationContext } from 'graphql';
import { AtlasError, type ErrorCode } from '../errors.ts';
import { requestLimits } from '../graphql/shared/request-limits.ts';
import { measureDocument, type OperationSize } from './measure-document.ts';

interface DocumentLimit {
  readonly measure: keyof OperationSize;
  readonly most: number;
  readonly code: ErrorCode;
  readonly message: (most: number) => string;
}

const each = 'a fragment counts each time it is spread';

/** In the order in which they are looked at. */
const documentLimits: readonly DocumentLimit[] = [
  {
    measure: 'depth',
    most: requestLimits.queryDepth,
    code: 'QUERY_TOO_DEEP',
    message: (most) => `The operation is more than ${most} fields deep: ask for less inside each other.`,
  },
  {
    measure: 'rootFields',
    most: requestLimits.rootFields,
    code: 'TOO_MANY_ROOT_FIELDS',
    message: (most) => `The operation has more than ${most} fields at its top: send several requests.`,
  },
  {
    measure: 'aliases',
    most: requestLimits.aliases,
    code: 'TOO_MANY_ALIASES',
    message: (most) => `The operation has more than ${most} aliases (${each}): send several requests.`,
  },
  {
    measure: 'directives',
    most: requestLimits.directives,
    code: 'TOO_MANY_DIRECTIVES',
    message: (most) => `The operation has more than ${most} directives (${each}): leave some out.`,
  },
  {
    measure: 'fields',
    most: requestLimits.queryFields,
    code: 'TOO_MANY_FIELDS',
    message: (most) => `The operation has more than ${most} fields (${each}): send several requests.`,
  },
  {
    measure: 'repeatedFields',
    most: requestLimits.repeatedFields,
    code: 'TOO_MANY_FIELDS',
    message: (most) =>
      `More than ${most} fields stand beside one of the same name (${each}): ask for each once.`,
  },
];

/**
 * A validation rule that looks at the whole document before any other rule looks at a part of it. Where a limit
 * is passed it puts an empty document in its place, so that no other rule, some of which take time quadratic in
 * the document's size, works on it.
 */
export function documentLimitsRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document): DocumentNode | undefined {
      const error = findExcess(document);
      if (error === undefined) return undefined;
      context.reportError(new GraphQLError(error.message, { originalError: error }));
      return { ...document, definitions: [] };
    },
  };
}

function findExcess(document: DocumentNode): AtlasError | undefined {
  for (const size of measureDocument(document)) {
    const passed = documentLimits.find(({ measure, most }) => size[measure] > most);
    if (passed === undefined) continue;
    const { code, most, message } = passed;
    return new AtlasError(code, message(most), { details: { limit: most } });
  }
  return undefined;
}
