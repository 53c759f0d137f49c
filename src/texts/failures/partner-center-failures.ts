import { graphErrorCodes } from '../../graph/index.ts';
import { type PartnerErrorCode, partnerErrorCodes } from '../../partner-center/index.ts';
import type { PartnerTrouble } from '../../reset/index.ts';
import { type FailureText, joinSentences } from '../formatting.ts';
import { graphFailures } from './graph-failures.ts';
import { signInFailures } from './sign-in-failures.ts';

/**
 * What went wrong at Partner Center and what to do next. It says nothing about whether something was changed: that depends
 * on what was sent before, which only those who show it know. Words that an older version stored are given as they stand. */
export function describePartnerTrouble({
  code,
  signInCode,
  httpStatus,
  partnerCode,
  storedWording,
  detail,
}: PartnerTrouble): FailureText {
  if (storedWording !== undefined) return storedWording;
  // Our own sign-in says more exactly what is wrong than the SDK can know.
  if (signInCode !== undefined) return signInFailures[signInCode].technician;
  if (code === 'held-up') return troubleTexts.heldUp;
  // An older version kept the words as a code.
  if (code === 'write-back-failed') return troubleTexts.writeBackFailed(detail ?? partnerCode);
  if (code === 'write-back-half-done') return troubleTexts.writeBackHalfDone;
  if (code === 'write-back-running') return troubleTexts.writeBackRunning;
  const graphCode = graphErrorCodes.find((known) => `graph-${known}` === code);
  if (graphCode !== undefined) return graphFailures[graphCode].technician;
  // A write that was answered, but not by Partner Center, is told by who stands in between.
  if (code === 'unknown-result' && httpStatus !== undefined) {
    if (httpStatus < 300) return partnerCenterFailures['foreign-answer'];
    if (httpStatus < 400) return partnerCenterFailures.redirected;
  }
  if (!isPartnerErrorCode(code)) return troubleTexts.unknown;
  const { problem, advice } = partnerCenterFailures[code];
  return lacksMeaning.has(code) && httpStatus !== undefined
    ? { problem: joinSentences(problem, troubleTexts.answeredWith(httpStatus, partnerCode)), advice }
    : { problem, advice };
}

/** Codes of answers that are not documented: their numbers are all that somebody can look up. */
const lacksMeaning: ReadonlySet<PartnerErrorCode> = new Set(['not-accepted', 'refused']);

function isPartnerErrorCode(code: string): code is PartnerErrorCode {
  const codes: readonly string[] = partnerErrorCodes;
  return codes.includes(code);
}

/** Troubles that are not of the SDK. */
const troubleTexts = {
  heldUp: {
    problem: 'Locksmith was held up and did not ask Partner Center in time.',
    advice: 'Ask for the reset again.',
  },
  writeBackFailed: (detail: string | undefined) => ({
    problem: `Microsoft could not write the password to the customer’s local directory, so the old one stays.${detail === undefined ? '' : ` It says: ${detail}`}`,
    advice:
      'Have it reset in the local directory; its administrator can see whether write-back is on, its agent runs, and its password rules are stricter.',
  }),
  writeBackHalfDone: {
    problem: 'The customer’s local directory took the password, and Microsoft’s cloud refused it by its own rules.',
    advice:
      'On the machines of the domain this password may work; ask for another reset, so that both have the same one.',
  },
  writeBackRunning: {
    problem: 'Microsoft did not say within five minutes whether the password reached the customer’s local directory.',
    advice: 'Have the person try the password; if it does not work, have it reset in the local directory.',
  },
  /** For a code that a newer version wrote. */
  unknown: {
    problem: 'Something went wrong at Partner Center that this version of Locksmith has no words for.',
    advice: 'Tell your Locksmith administrator.',
  },
  answeredWith: (httpStatus: number, partnerCode: string | undefined) =>
    partnerCode === undefined
      ? `It answered with status ${httpStatus} and no code.`
      : `It answered with status ${httpStatus} and code ${partnerCode}.`,
} as const;

/**
 * For each code of the SDK: what happened, and what the technician should do next.
 * Follows the error codes of https://learn.microsoft.com/partner-center/developer/error-codes.
 */
export const partnerCenterFailures = {
  'invalid-argument': {
    problem: 'The request was not sent: one of its values cannot be used.',
    advice: 'Start again; if it happens again, tell your Locksmith administrator the reference.',
  },
  'sign-in-failed': {
    problem: 'There was no valid sign-in to Partner Center.',
    advice: 'Ask your Locksmith administrator to sign the Partner Center account in again.',
  },
  cancelled: { problem: 'The call was stopped before it had an answer.', advice: 'Start again if it is still needed.' },
  'timed-out': {
    problem: 'Partner Center did not answer in time.',
    advice: 'Try again in a minute; if it stays like this, tell your Locksmith administrator.',
  },
  'not-connected': {
    problem: 'Partner Center could not be reached.',
    advice:
      'Try again in a minute; if it stays like this, tell your Locksmith administrator: the network or a proxy may be in the way.',
  },
  'no-answer': {
    problem: 'The connection to Partner Center broke before it answered.',
    advice: 'Try again in a minute; if it stays like this, tell your Locksmith administrator.',
  },
  'unknown-result': {
    problem: 'It is not known whether Partner Center made the change.',
    advice: 'Check whether the change is in force before you start another one.',
  },
  'unreadable-answer': {
    problem: 'Partner Center answered with something that cannot be read, or about somebody else.',
    advice: 'Try again; if it happens again, tell your Locksmith administrator the reference.',
  },
  'foreign-answer': {
    problem: 'Something other than Partner Center answered, such as a proxy or a page to sign in.',
    advice: 'Tell your Locksmith administrator: something between Locksmith and Partner Center is in the way.',
  },
  redirected: {
    problem: 'The address for Partner Center points elsewhere, and that was not followed.',
    advice: 'Tell your Locksmith administrator: the address or a proxy is set wrongly.',
  },
  'mfa-required': {
    problem: 'The sign-in to Partner Center was made without multifactor authentication.',
    advice:
      'Ask your Locksmith administrator to sign the Partner Center account in again, with multifactor authentication.',
  },
  'wrong-audience': {
    problem: 'The sign-in was made for another service than Partner Center.',
    advice: 'Tell your Locksmith administrator: a setting of the sign-in is wrong.',
  },
  'token-refused': {
    problem: 'Partner Center did not accept the sign-in, a fresh one included.',
    advice:
      'Tell your Locksmith administrator: the sign-in has to be made anew, or the application is not registered in Partner Center.',
  },
  'missing-privilege': {
    problem: 'The Partner Center account lacks the privilege for this.',
    advice:
      'Ask for the GDAP role User Administrator at this customer, or Privileged Authentication Administrator where the user is an administrator.',
  },
  'missing-role': {
    problem: 'The Partner Center account has no role that allows this at this customer.',
    advice: 'Ask the person who looks after GDAP for this customer.',
  },
  'conditional-access': {
    problem: "The customer's Conditional Access policy blocked the partner.",
    advice: "Ask the customer's administrator to allow access by the partner.",
  },
  'app-only-token': {
    problem: 'This needs the sign-in of a user, and the application signed in alone.',
    advice: 'Tell your Locksmith administrator: the sign-in is set up wrongly.',
  },
  'no-relationship': {
    problem: 'There is no commercial relationship with this customer.',
    advice: 'Check the customer: the relationship may have ended.',
  },
  'token-issuance-failed': {
    problem: 'Microsoft Entra could not issue a token for this customer.',
    advice: 'Try again later; if it stays like this, tell your Locksmith administrator.',
  },
  'user-not-found': {
    problem: 'There is no such user at this customer.',
    advice: 'Search again: the user may have been renamed or deleted meanwhile.',
  },
  'customer-not-found': { problem: 'There is no such customer.', advice: 'Check the customer.' },
  'not-found': {
    problem: 'Partner Center did not find what was asked for.',
    advice: 'Search again: it may have been renamed or deleted meanwhile.',
  },
  'route-unknown': {
    problem: 'Partner Center does not know what was asked for, and gave no reason.',
    advice:
      'Search again; if it stays like this, tell your Locksmith administrator that the address of Partner Center or the kind of reset may be set wrongly.',
  },
  'invalid-property': {
    problem:
      'Partner Center did not accept a value; for a reset it may be the password, or an account that is kept elsewhere.',
    advice:
      'Ask again, which makes a new password; if it happens again, tell your Locksmith administrator the reference.',
  },
  'not-accepted': {
    problem: 'Partner Center did not accept this, and gave no reason that is documented.',
    advice: 'Ask again, which makes a new password; if it happens again, have the customer’s administrator reset it.',
  },
  'bad-request': {
    problem: 'Partner Center did not understand the request, which is a fault of this software.',
    advice: 'Tell your Locksmith administrator the reference.',
  },
  'stale-etag': {
    problem: 'This account was changed by somebody else meanwhile.',
    advice: 'Look at the person again and start anew.',
  },
  'already-exists': {
    problem: 'What was to be made at Partner Center is there already.',
    advice: 'Go on with what is there.',
  },
  conflict: {
    problem: 'Somebody or something else is changing this account, or has it locked.',
    advice: 'Wait a minute, look at the person again, and start anew.',
  },
  refused: {
    problem: 'Partner Center refused the request.',
    advice: 'Tell your Locksmith administrator the reference.',
  },
  throttled: {
    problem: 'Partner Center is asked too often just now.',
    advice: 'Wait a minute and try again.',
  },
  'service-fault': {
    problem: 'Partner Center has a fault just now.',
    advice: 'Try again in a minute; if it stays like this, tell your Locksmith administrator.',
  },
} as const satisfies Record<PartnerErrorCode, FailureText>;
