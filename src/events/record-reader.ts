import type { ZodError, ZodType } from 'zod';
import type { RefusalCode } from './event-row.ts';
import { Fault } from './values/fault.ts';
import { isMissing } from './values/read-value.ts';
import { shapeOf } from './values/shape.ts';

/** How the raw value of each field is read; the order is the one in which faults are looked for. */
export type FieldReaders<Field extends string> = Record<Field, (value: unknown) => unknown>;

/** A record that can not be accepted, by the field at fault. */
export class RecordFault<Field extends string = string> {
  readonly field: Field;
  readonly fault: Fault;

  constructor(field: Field, fault: Fault) {
    this.field = field;
    this.fault = fault;
  }
}

/** What a schema's own check says about one field, in the form of an issue of zod. */
export interface Refusal<Field extends string> {
  code: 'custom';
  path: [Field];
  message: string;
  params: { refusal: RefusalCode };
}

/** An issue that carries the code its refusal will have. */
export function refusal<Field extends string>(
  field: Field,
  code: RefusalCode,
  message: string,
): Refusal<Field> {
  return { code: 'custom', path: [field], message, params: { refusal: code } };
}

/**
 * A function from raw values to an accepted record or the first fault. Two steps: the readers say what each
 * value is (absent is null), then the schema says whether the record may be so.
 */
export function recordReader<Field extends string, Accepted>(
  readers: FieldReaders<Field>,
  schema: ZodType<Accepted>,
): (raw: Partial<Record<Field, unknown>>) => Accepted | RecordFault<Field> {
  const fields = Object.entries(readers) as [Field, (value: unknown) => unknown][];
  const emptyRecord = shapeOf(fields.map(([field]) => field));
  return (raw) => {
    const values = emptyRecord();
    for (const [field, read] of fields) {
      const rawValue = raw[field];
      if (isMissing(rawValue)) continue;
      const value = read(rawValue);
      if (value instanceof Fault) return new RecordFault(field, value);
      values[field] = value;
    }
    const result = schema.safeParse(values);
    return result.success ? result.data : faultOf(result.error, values);
  };
}

function faultOf<Field extends string>(
  error: ZodError,
  values: Partial<Record<Field, unknown>>,
): RecordFault<Field> {
  const issue = error.issues[0];
  const field = issue?.path[0] as Field | undefined;
  // A schema that fails without naming a field is a fault of this program, not of the row.
  if (issue === undefined || field === undefined) throw error;
  const value = values[field];
  if (issue.code === 'custom') {
    return new RecordFault(field, new Fault(issue.params?.['refusal'] as RefusalCode, issue.message));
  }
  if (value === null) return new RecordFault(field, new Fault('MISSING', 'is missing'));
  if (typeof value !== 'number') throw error;
  return new RecordFault(field, new Fault('OUT_OF_RANGE', `is ${value}: ${rangeOf(issue)}`));
}

function rangeOf(issue: ZodError['issues'][number]): string {
  if (issue.code === 'too_small') return `the least allowed is ${issue.minimum}`;
  if (issue.code === 'too_big') return `the most allowed is ${issue.maximum}`;
  return 'it is not a finite number';
}
