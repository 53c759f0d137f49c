import type { TokenRefusal } from '../../graph/index.ts';
import type { FailureText } from '../formatting.ts';

/**
 * Why something was not done or told at a customer, by a code of Graph's room. `technician`: on cards and in chats, with what to do
 * next. `administrator`: the step that mends it. It says nothing about whether something was changed, which no code alone can tell.
 */
export type GraphFailure = { readonly technician: FailureText; readonly administrator: string };

export const tellAdministrator = 'Tell your Locksmith administrator.';

export const tryAgain = 'Try again in a minute; if it stays like this, tell your Locksmith administrator.';

export const consentAtCustomer = 'Run `npm run consent -- --customer NAME` for this customer.';

export const reportFault = 'That is a fault of this software: report it with the correlation id.';

const signInAnew = 'Run `npm run consent`, and sign in as the account that Locksmith works with.';

/** Why there is no token of a customer's tenant, so that Microsoft Graph was not asked there. */
export const customerSignInFailures = {
  'not-consented': {
    technician: {
      problem: 'Locksmith is not admitted to Microsoft Graph at this customer.',
      advice: tellAdministrator,
    },
    administrator: consentAtCustomer,
  },
  'consent-in-progress': {
    technician: {
      problem: 'Locksmith is just being admitted to Microsoft Graph at this customer.',
      advice: 'Try again in a minute.',
    },
    administrator: 'Wait half a minute; Microsoft Entra is making the service principal.',
  },
  'account-unknown': {
    technician: {
      problem: 'Locksmith’s account is not known in this customer’s tenant.',
      advice: tellAdministrator,
    },
    administrator:
      'Look whether the GDAP relationship with this customer is active, and the account in a security group that it gives a role. A guest account of the same address in the customer’s tenant breaks it too: have it removed.',
  },
  'conditional-access': {
    technician: {
      problem: 'A Conditional Access policy of the customer keeps Locksmith out of Microsoft Graph.',
      advice: tellAdministrator,
    },
    administrator:
      'Ask an administrator of the customer to exclude service providers (an external user type) from that policy.',
  },
  'sign-in-expired': {
    technician: {
      problem: 'Locksmith’s sign-in was not used for 90 days, and has ended.',
      advice: tellAdministrator,
    },
    administrator: signInAnew,
  },
  'sign-in-revoked': {
    technician: { problem: 'Locksmith’s sign-in was revoked.', advice: tellAdministrator },
    administrator: `The password of the account was changed, or its sessions were revoked. ${signInAnew}`,
  },
  'sign-in-needs-person': {
    technician: {
      problem:
        'Microsoft Entra wants a person to sign Locksmith in again before it lets it into this customer’s tenant.',
      advice: tellAdministrator,
    },
    administrator: `${signInAnew} It has to be done with multifactor authentication.`,
  },
  'tenant-gone': {
    technician: {
      problem: 'Microsoft Entra does not find this customer’s tenant.',
      advice: tellAdministrator,
    },
    administrator: 'Look at the customer in Partner Center: its tenant may have been deleted, or be in another cloud.',
  },
  'wrong-tenant': {
    technician: {
      problem:
        'Microsoft Entra answered for another customer than was asked for, so Locksmith did not use that answer.',
      advice: tellAdministrator,
    },
    administrator: reportFault,
  },
  'sign-in-failed': {
    technician: { problem: 'Locksmith could not sign in to this customer’s tenant.', advice: tryAgain },
    administrator: 'Run `npm run doctor`. The log has Entra’s number with `customer-sign-in-refused`.',
  },
} as const satisfies Readonly<Record<TokenRefusal, GraphFailure>>;
