import type { UserKind } from './known-user.ts';
import { mix } from './mix.ts';
import type { PretendCustomer } from './pretend-customer.ts';

/** What kind of account the user with number `index` has; cheap, so that a long list can be counted. */
export function userKindAt(customer: PretendCustomer, index: number): UserKind {
  const known = customer.knownUsers[index];
  if (known !== undefined) return known.kind;
  const perThousand = mix(customer.seed, index, 11) % 1000;
  if (perThousand < 15) return 'administrator';
  if (perThousand < 20) return 'reader';
  if (perThousand < 45) return 'guest';
  if (perThousand < 70) return 'deleted';
  if (perThousand < 150 && customer.federatedDomain !== undefined) return 'federated';
  if (perThousand < (customer.isHybrid ? 500 : 80)) return 'synchronised';
  return 'ordinary';
}
