import { z } from 'zod';
import type { Freeze } from '../reset/ports/stores.ts';
import type { FreezeRow } from './schema.ts';
import { shapes } from './shapes.ts';
import { StoreError } from './store-error.ts';

const { instant, perhaps, customer, technician } = shapes;

const shape: z.ZodType<Freeze> = z.strictObject({ customer: perhaps(customer), by: technician, at: instant });

const everything = '*';

/** A freeze as a row, and back. A row that does not hold one is a `StoreError` `row-unreadable`: nothing is guessed. */
export const freezeRow = {
  /** The scope of a freeze of everything. */
  everything,

  make(freeze: Freeze): FreezeRow {
    return {
      scope: freeze.customer?.id ?? everything,
      frozen_at: freeze.at,
      details: JSON.stringify(freeze, (_key, value: unknown) => (value === undefined ? null : value)),
    };
  },

  read({ scope, frozen_at: at, details }: FreezeRow): Freeze {
    const parsed = shape.safeParse(parseJson(details));
    if (!parsed.success) throw new StoreError('row-unreadable');
    const agrees = parsed.data.at === at && (parsed.data.customer?.id ?? everything) === scope;
    if (!agrees) throw new StoreError('row-unreadable');
    return parsed.data;
  },
} as const;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new StoreError('row-unreadable');
  }
}
