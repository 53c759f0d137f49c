import type { GraphErrorCode } from '../../graph/index.ts';
import type { FailureText } from '../formatting.ts';
import {
  consentAtCustomer,
  customerSignInFailures,
  type GraphFailure,
  reportFault,
  tellAdministrator,
  tryAgain,
} from './customer-sign-in-failures.ts';

function formatCodes(code: string, httpStatus: number | undefined): string {
  return `(${httpStatus === undefined ? code : `${code}, status ${httpStatus}`})`;
}

/** Why a fact that protects is not told, and its codes. Graph may not be asked at all any more. */
export function describeProtectionTrouble({
  code,
  httpStatus,
}: {
  readonly code: string;
  readonly httpStatus?: number | undefined;
}): { readonly problem: string; readonly codes: string } {
  const notAsked = 'Locksmith does not ask Microsoft Graph at this customer any more.';
  const known = isGraphErrorCode(code) ? graphFailures[code].technician.problem : somethingWrong;
  return { problem: code === 'not-asked' ? notAsked : known, codes: formatCodes(code, httpStatus) };
}

/** What an administrator does about a code of Graph's room. */
export function graphStepOf(code: string): string {
  return isGraphErrorCode(code) ? graphFailures[code].administrator : 'Run `npm run doctor`.';
}

/** Why Microsoft Graph did not do something, without the code, which says nothing to the people who press a button. */
export function readGraphFailure(code: string | undefined): FailureText {
  return code !== undefined && isGraphErrorCode(code)
    ? graphFailures[code].technician
    : { problem: somethingWrong, advice: tellAdministrator };
}

function isGraphErrorCode(code: string): code is GraphErrorCode {
  return Object.hasOwn(graphFailures, code);
}

const somethingWrong = 'Something went wrong at Microsoft Graph.';
const lookForProxy =
  'Let this machine reach graph.microsoft.com over https, through the proxy or firewall between them.';

/** Why Microsoft Graph did not do or tell something at a customer. */
export const graphFailures = {
  ...customerSignInFailures,
  'invalid-argument': {
    technician: {
      problem: 'Locksmith asked Microsoft Graph with a value that cannot be sent.',
      advice: tellAdministrator,
    },
    administrator: reportFault,
  },
  cancelled: {
    technician: { problem: 'Locksmith stopped waiting for Microsoft Graph.', advice: tryAgain },
    administrator: 'Nothing, unless it happens often: then look how long Microsoft Graph takes to answer.',
  },
  'timed-out': {
    technician: { problem: 'Microsoft Graph did not answer in time.', advice: tryAgain },
    administrator: lookForProxy,
  },
  'not-connected': {
    technician: { problem: 'Microsoft Graph could not be reached.', advice: tryAgain },
    administrator: lookForProxy,
  },
  'no-answer': {
    technician: { problem: 'The connection to Microsoft Graph broke.', advice: tryAgain },
    administrator: lookForProxy,
  },
  'unknown-result': {
    technician: {
      problem: 'It is not known whether Microsoft Graph made the change.',
      advice: 'Look at the user in the customer’s Entra admin center before you do anything else.',
    },
    administrator: 'Look for the request in the customer’s audit log, by the correlation id.',
  },
  'unreadable-answer': {
    technician: {
      problem: 'Microsoft Graph answered with something that Locksmith cannot read.',
      advice: tellAdministrator,
    },
    administrator: reportFault,
  },
  'foreign-answer': {
    technician: {
      problem: 'Something other than Microsoft Graph answered, such as a proxy.',
      advice: tellAdministrator,
    },
    administrator: lookForProxy,
  },
  redirected: {
    technician: {
      problem: 'The address of Microsoft Graph points elsewhere, and Locksmith did not follow.',
      advice: tellAdministrator,
    },
    administrator: lookForProxy,
  },
  'token-refused': {
    technician: { problem: 'Microsoft Graph did not accept Locksmith’s token.', advice: tryAgain },
    administrator: `After a change of GDAP or of a consent it takes some minutes. ${consentAtCustomer}`,
  },
  forbidden: {
    technician: {
      problem: 'Microsoft Graph does not permit that to Locksmith’s account for this user.',
      advice: tellAdministrator,
    },
    administrator:
      'A scope is missing in the consent, a role is missing in GDAP, or the user outranks the account. `npm run doctor` says which scope or role is missing where.',
  },
  unlicensed: {
    technician: {
      problem: 'The customer has no licence for that: it needs Microsoft Entra ID P1 or P2.',
      advice: 'Go on without it.',
    },
    administrator: 'Nothing: what needs the licence is left out at this customer.',
  },
  'restricted-management': {
    technician: {
      problem: 'The user is under restricted management in the customer’s tenant, where no partner can do that.',
      advice: 'Ask an administrator of the customer whose role is assigned at that administrative unit.',
    },
    administrator: 'Nothing: GDAP gives no role at a restricted administrative unit.',
  },
  'password-refused': {
    technician: {
      problem: 'The customer’s password policy did not take the temporary password.',
      advice: 'Ask for the reset again; another password is made.',
    },
    administrator: 'Where it happens often, compare the customer’s list of banned words.',
  },
  synchronised: {
    technician: {
      problem: 'The user is synchronised from a local directory, where the password is kept.',
      advice: 'Ask the person who runs the customer’s local directory.',
    },
    administrator: 'Have the customer turn on password writeback, and set `synchronisedUsers` to `writeback`.',
  },
  'not-found': {
    technician: {
      problem: 'Microsoft Graph does not find this user in the customer’s tenant.',
      advice: 'Ask again: the user may have been deleted just now.',
    },
    administrator: 'Look for the user among the deleted ones in the customer’s Entra admin center.',
  },
  'delta-expired': {
    technician: { problem: 'Locksmith’s list of users was too old to be continued.', advice: 'Ask again.' },
    administrator: 'Nothing: everything is read again.',
  },
  'unsupported-query': {
    technician: { problem: 'Microsoft Graph did not understand Locksmith’s question.', advice: tellAdministrator },
    administrator: reportFault,
  },
  'bad-request': {
    technician: {
      problem: 'Microsoft Graph did not take the request; a policy of the customer may forbid it.',
      advice: tellAdministrator,
    },
    administrator: 'Look at the customer’s policies for authentication methods, above all Temporary Access Pass.',
  },
  conflict: {
    technician: {
      problem: 'The change does not fit with what Microsoft Graph has already.',
      advice: 'Look at the user in the customer’s Entra admin center.',
    },
    administrator: 'Look at the user in the customer’s Entra admin center.',
  },
  refused: {
    technician: { problem: 'Microsoft Graph refused the request.', advice: tellAdministrator },
    administrator: 'Look the request up with Microsoft’s support, by the correlation id.',
  },
  throttled: {
    technician: { problem: 'Microsoft Graph is asked too often just now.', advice: 'Try again in a minute.' },
    administrator: 'Look which application asks Microsoft Graph so often in this tenant.',
  },
  'service-fault': {
    technician: { problem: 'Microsoft Graph has a fault just now.', advice: tryAgain },
    administrator: 'Look at Microsoft’s service health.',
  },
} as const satisfies Readonly<Record<GraphErrorCode, GraphFailure>>;
