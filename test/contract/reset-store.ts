import { describeAdding } from './reset-store/describe-adding.ts';
import { describeBeginning } from './reset-store/describe-beginning.ts';
import { describeBrokenTrail } from './reset-store/describe-broken-trail.ts';
import { describeContacts } from './reset-store/describe-contacts.ts';
import { describeDue } from './reset-store/describe-due.ts';
import { describeFinding } from './reset-store/describe-finding.ts';
import { describeFreezes } from './reset-store/describe-freezes.ts';
import { describeGuards } from './reset-store/describe-guards.ts';
import { describeHistory } from './reset-store/describe-history.ts';
import { describeLastReset } from './reset-store/describe-last-reset.ts';
import { describeLimits } from './reset-store/describe-limits.ts';
import { describeLastCustomer } from './reset-store/describe-last-customer.ts';
import { describeOpening } from './reset-store/describe-opening.ts';
import { describeQuestions } from './reset-store/describe-questions.ts';
import { describeRestored } from './reset-store/describe-restored.ts';
import { describeSwapping } from './reset-store/describe-swapping.ts';
import { describeTokens } from './reset-store/describe-tokens.ts';
import { describeTrail } from './reset-store/describe-trail.ts';
import { describeUndelivered } from './reset-store/describe-undelivered.ts';
import { describeUnfinished } from './reset-store/describe-unfinished.ts';
import { createStoreBench, type House } from './reset-store/store-bench.ts';

/** What every store of requests promises. `build` gives an empty database, afresh for each test. */
export function describeResetStore(build: () => Promise<House>): void {
  const bench = createStoreBench(build);
  describeFinding(bench);
  describeAdding(bench);
  describeSwapping(bench);
  describeLimits(bench);
  describeFreezes(bench);
  describeContacts(bench);
  describeHistory(bench);
  describeLastReset(bench);
  describeTrail(bench);
  describeGuards(bench);
  describeBrokenTrail(bench);
  describeBeginning(bench);
  describeDue(bench);
  describeUndelivered(bench);
  describeUnfinished(bench);
  describeLastCustomer(bench);
  describeQuestions(bench);
  describeTokens(bench);
  describeOpening(bench);
  describeRestored(bench);
}
