import { readJsonObject } from '../http/read-json-object.ts';

/** A filter by one field. */
export type FieldFilter = {
  readonly field: string;
  readonly value: string;
  readonly operator: string;
};

/** Reads `{"Field":…,"Value":…,"Operator":…}`, which must be just these three texts; undefined where it is not. */
export function readFieldFilter(text: string): FieldFilter | undefined {
  const filter = readJsonObject(text);
  if (filter === undefined || Object.keys(filter).length !== 3) return undefined;
  const { Field: field, Value: value, Operator: operator } = filter;
  if (typeof field !== 'string' || typeof value !== 'string' || typeof operator !== 'string') return undefined;
  return { field, value, operator };
}
