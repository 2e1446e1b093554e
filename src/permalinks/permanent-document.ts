import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql';

/** One operation with the fragments that it uses, as text that layout and comments do not change. */
export interface PermanentDocument {
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash: string;
  readonly text: string;
}

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** A document of several operations has a permanent address for each of them, so none names an operation. */
export function permanentDocument(
  operation: OperationDefinitionNode,
  fragments: Fragments,
): PermanentDocument {
  const used = fragmentsOf(operation, fragments);
  const inOrder = [...used].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
  const text = print({ kind: Kind.DOCUMENT, definitions: [operation, ...inOrder] });
  return { hash: createHash('sha256').update(text).digest('hex'), text };
}

/** Those of every operation of a document. */
export function permanentDocumentsOf({ definitions }: DocumentNode): PermanentDocument[] {
  const fragments = Object.fromEntries(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  return definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? [permanentDocument(each, fragments)] : [],
  );
}

function fragmentsOf(operation: OperationDefinitionNode, fragments: Fragments): Set<FragmentDefinitionNode> {
  const found = new Set<FragmentDefinitionNode>();
  const open: (OperationDefinitionNode | FragmentDefinitionNode)[] = [operation];
  for (const node of open) {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments[name.value];
        if (fragment === undefined || found.has(fragment)) return;
        found.add(fragment);
        open.push(fragment);
      },
    });
  }
  return found;
}
