import type { CorrelationId } from '../base/index.ts';
import type { Refusal } from '../reset/index.ts';
import { accountRefusals } from './account-refusals.ts';
import {
  type FailureText,
  formatTime,
  joinSentences,
  longestSentence,
  personName,
  sanitizeName,
  sanitizePlainText,
} from './formatting.ts';
import { interruptedRefusals } from './interrupted-refusals.ts';
import { permissionRefusals } from './permission-refusals.ts';
import type { RefusalTexts, ShowTime } from './refusal-texts.ts';

const refusalTexts = {
  ...permissionRefusals,
  ...accountRefusals,
  ...interruptedRefusals,
} satisfies RefusalTexts;

/** Says why a reset was refused and what to do instead. Names are fit for a `TextRun`. */
export function describeRefusal(refusal: Refusal, showTime: ShowTime = formatTime): FailureText {
  switch (refusal.kind) {
    case 'administrator':
      return refusalTexts.administrator(refusal);
    case 'roles-unknown':
      return refusalTexts['roles-unknown'](refusal);
    case 'protection-unknown':
      return refusalTexts['protection-unknown'](refusal);
    case 'approval-not-possible':
      return refusalTexts['approval-not-possible'](refusal);
    case 'frozen':
      return refusalTexts.frozen(refusal, showTime);
    case 'approver-without-right':
      return refusalTexts['approver-without-right'](refusal);
    case 'under-way':
      return refusalTexts['under-way'](refusal);
    case 'deleted':
      return refusalTexts.deleted(refusal);
    case 'over-limit':
      return refusalTexts['over-limit'](refusal, showTime);
    case 'no-direct-message':
      return refusalTexts['no-direct-message'](refusal);
    case 'partner-center':
      return refusalTexts['partner-center'](refusal);
    case 'ticket-mismatch':
      return refusalTexts['ticket-mismatch'](refusal);
    case 'not-a-technician':
    case 'groups-unknown':
    case 'own-account':
    case 'federated':
    case 'synchronised':
    case 'guest':
    case 'management-restricted':
    case 'approval-needed':
    case 'target-changed':
    case 'too-old':
    case 'restored':
    case 'seal-broken':
    case 'no-progress':
      return refusalTexts[refusal.kind]();
  }
}

/** The same as `describeRefusal`, for a reader who did not ask for the reset. `requester` is the name of the one who did. */
export function describeRefusalForApprover(
  refusal: Refusal,
  requester: string,
  showTime: ShowTime = formatTime,
): FailureText {
  const who = sanitizeName(personName(requester));
  const { problem, advice } = describeRefusal(refusal, showTime);
  return {
    problem: approverTexts.problems[refusal.kind]?.(who) ?? problem,
    advice: refusal.kind === 'frozen' ? advice : approverTexts.advice(who),
  };
}

/** Sentences in place of those that speak to the requester. */
const approverTexts: {
  readonly problems: { readonly [Kind in Refusal['kind']]?: (who: string) => string };
  readonly advice: (who: string) => string;
} = {
  problems: {
    'not-a-technician': (who) => `${who} may not reset passwords for this customer.`,
    'groups-unknown': (who) =>
      `It could not be read which groups ${who} is in, so it is not known whether they may reset passwords.`,
    'own-account': (who) => `This is ${who}’s own account, and they cannot reset their own password here.`,
    'no-direct-message': (who) =>
      `Locksmith could not write to ${who} alone, and the password must not go anywhere else.`,
  },
  advice: (who) => `There is nothing more to do here: ${who} is told what to do.`,
};

/** Says in plain text why nothing was reset and what to do instead, with the reference where there is one. */
export function formatRefusal(refusal: Refusal, correlationId: CorrelationId | undefined): string {
  const { problem, advice } = describeRefusal(refusal);
  return joinSentences(
    sanitizePlainText(problem, longestSentence),
    refusedTexts.nothingChanged,
    sanitizePlainText(advice, longestSentence),
    correlationId && refusedTexts.reference(correlationId),
  );
}

const refusedTexts = {
  nothingChanged: 'Nothing was changed.',
  reference: (id: string) => `(Reference: ${id})`,
} as const;
