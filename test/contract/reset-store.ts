import { describeBrokenTrail } from './reset-store/describe-broken-trail.ts';
import { describeContacts, describeTokens } from './reset-store/describe-contacts-and-tokens.ts';
import {
  describeDue,
  describeFinding,
  describeHistory,
  describeLastCustomer,
  describeLastReset,
  describeUndelivered,
  describeUnfinished,
} from './reset-store/describe-finding.ts';
import { describeAltered } from './reset-store/describe-altered.ts';
import { describeFreezes } from './reset-store/describe-freezes.ts';
import { describeBeginning, describeOpening, describeRestored } from './reset-store/describe-opening.ts';
import { describeNotes } from './reset-store/describe-notes.ts';
import { describeReadableFacts } from './reset-store/describe-readable-facts.ts';
import { describeQuestions } from './reset-store/describe-questions.ts';
import { describeGuards, describeTrail } from './reset-store/describe-trail.ts';
import { describeAdding, describeLimits, describeSwapping } from './reset-store/describe-writing.ts';
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
  describeAltered(bench);
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
  describeNotes(bench);
  describeReadableFacts(bench);
  describeTokens(bench);
  describeOpening(bench);
  describeRestored(bench);
}
