import { Kind, parse, valueFromASTUntyped } from 'graphql';
import { AtlasError } from '../errors.ts';
import type { Grain } from '../measures/periods.ts';
import type { UsageFilterInput } from '../measures/filter.ts';
import type { Day, Figure, FigurePanel } from './figure.ts';

/** What a reader asks of a figure beside what it shows by itself. */
export interface FigureView {
  readonly from?: Day | null;
  readonly to?: Day | null;
  readonly grain?: Grain | null;
  readonly where?: UsageFilterInput | null;
}

/** What of a view the document of a figure takes. */
export interface FigureControls {
  /** Grain where none is asked for; null where the document has no choice of it. */
  readonly grain: Grain | null;
  readonly where: boolean;
}

/** Read once: documents ship with the program. */
const known = new WeakMap<Figure, FigureControls>();

export function controlsOf(figure: Figure): FigureControls {
  const controls = known.get(figure) ?? readControls(figure);
  known.set(figure, controls);
  return controls;
}

function readControls({ documents }: Figure): FigureControls {
  const [operation] = parse(documents[0]?.text ?? '').definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A document is one operation.');
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue, type }) => {
      const name = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
      const typeName = name.kind === Kind.NAMED_TYPE ? name.name.value : '';
      return [`${variable.name.value}: ${typeName}`, defaultValue && valueFromASTUntyped(defaultValue)];
    }),
  );
  return {
    grain: (defaults.get('grain: TimeGrain') as Grain | undefined) ?? null,
    where: defaults.has('where: UsageFilter'),
  };
}

/** A panel as a view changes it. Its own filter holds as well. Throws BAD_ARGUMENT where the document takes no such thing. */
export function panelOf(figure: Figure, panel: FigurePanel, view: FigureView): FigurePanel {
  const controls = controlsOf(figure);
  const { from, to, grain, where } = view;
  if (grain && controls.grain === null) throw refused(figure, 'grain');
  if (where && !controls.where) throw refused(figure, 'where');
  const own = panel.variables.where as UsageFilterInput | undefined;
  return {
    ...panel,
    variables: {
      ...panel.variables,
      ...(from && { from }),
      ...(to && { to }),
      ...(grain && { grain }),
      ...(where && { where: own === undefined ? where : { and: [own, where] } }),
    },
  };
}

function refused({ id }: Figure, argument: string): AtlasError {
  return new AtlasError(
    'BAD_ARGUMENT',
    `${id} is drawn from a document without \`${argument}\`: leave it out, or change the document itself. \`controls\` says what a figure takes.`,
    { details: { argument } },
  );
}
