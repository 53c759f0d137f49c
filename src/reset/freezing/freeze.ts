import type { Customer } from '../people/target.ts';
import type { Technician } from '../people/technician.ts';

/** While it is in force no reset begins for a customer, or for anybody where no customer is named. */
export type Freeze = {
  /** Undefined: everything is frozen. */
  readonly customer: Customer | undefined;
  readonly by: Technician;
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
};
