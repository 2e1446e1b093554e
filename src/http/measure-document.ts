import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** How large an operation is with its fragments in place. Counts may be Infinity. */
export interface OperationSize {
  readonly depth: number;
  readonly fields: number;
  readonly rootFields: number;
  readonly repeatedFields: number;
  readonly aliases: number;
  readonly directives: number;
}

/** Of a selection set, seen from the field that has it. */
interface Size {
  depth: number;
  fields: number;
  /** Fields at the top of it. */
  width: number;
  repeatedFields: number;
  aliases: number;
  directives: number;
}

/**
 * Sizes of all operations. Each fragment is measured once, however often it is spread, so the cost is that of
 * reading the document, also where fragments of fragments would grow to more fields than fit in memory.
 */
export function measureDocument({ definitions }: DocumentNode): OperationSize[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const sizeOfSpread = memoizeFragments(fragments);
  return definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const { width, directives, ...size } = measure(definition.selectionSet, sizeOfSpread);
    const ofVariables = (definition.variableDefinitions ?? []).flatMap(
      (variable) => variable.directives ?? [],
    );
    const own = (definition.directives?.length ?? 0) + ofVariables.length;
    return [{ ...size, rootFields: width, directives: directives + own }];
  });
}

type SizeOfSpread = (name: string) => Readonly<Size>;

const nothing: Readonly<Size> = {
  depth: 0,
  fields: 0,
  width: 0,
  repeatedFields: 0,
  aliases: 0,
  directives: 0,
};

/** A fragment that is spread inside itself counts as nothing there: a rule of GraphQL refuses it. */
function memoizeFragments(fragments: ReadonlyMap<string, FragmentDefinitionNode>): SizeOfSpread {
  const sizes = new Map<string, Readonly<Size>>();
  const sizeOfSpread: SizeOfSpread = (name) => {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    if (fragment === undefined) return nothing;
    sizes.set(name, nothing);
    const size = measure(fragment.selectionSet, sizeOfSpread);
    size.directives += fragment.directives?.length ?? 0;
    sizes.set(name, size);
    return size;
  };
  return sizeOfSpread;
}

/** Inline fragments share the response names of the selection that they stand in. */
function measure(
  { selections }: SelectionSetNode,
  sizeOfSpread: SizeOfSpread,
  names = new Set<string>(),
): Size {
  const total = { ...nothing };
  for (const selection of selections) {
    total.directives += selection.directives?.length ?? 0;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      add(total, sizeOfSpread(selection.name.value));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      add(total, measure(selection.selectionSet, sizeOfSpread, names));
    } else {
      add(total, measureField(selection, sizeOfSpread, names));
    }
  }
  return total;
}

function measureField(field: FieldNode, sizeOfSpread: SizeOfSpread, names: Set<string>): Size {
  const below = field.selectionSet ? measure(field.selectionSet, sizeOfSpread) : nothing;
  const name = (field.alias ?? field.name).value;
  const isRepeated = names.has(name);
  names.add(name);
  return {
    depth: below.depth + 1,
    fields: below.fields + 1,
    width: 1,
    repeatedFields: below.repeatedFields + Number(isRepeated),
    aliases: below.aliases + Number(field.alias !== undefined),
    directives: below.directives,
  };
}

function add(total: Size, part: Readonly<Size>): void {
  total.depth = Math.max(total.depth, part.depth);
  total.fields += part.fields;
  total.width += part.width;
  total.repeatedFields += part.repeatedFields;
  total.aliases += part.aliases;
  total.directives += part.directives;
}
