import type { CustomerFinding } from '../reset/ports/partner-center.ts';
import type { JudgedCustomer } from './create-customer-book.ts';

/** What was typed of a customer alone, as it was judged, for whoever asks for no user of theirs. */
export function readCustomerFinding(judged: JudgedCustomer): CustomerFinding {
  switch (judged.kind) {
    case 'one':
      return { kind: 'customer', customer: judged.item };
    case 'several':
      return { kind: 'several', customers: judged.items };
    case 'none': {
      const customers = judged.near().items;
      return customers.length === 0 ? { kind: 'nobody' } : { kind: 'near', customers };
    }
  }
}
