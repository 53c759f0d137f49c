import { describeDeletion } from './deleted-users.ts';
import { formatRoleNames, mostRoles, sanitizeAdvice } from './formatting.ts';
import { describeGraphTrouble } from './graph-failures.ts';
import { protectingFactNames } from './graph-facts.ts';
import { describePartnerTrouble } from './partner-center-failures.ts';
import type { RefusalTexts } from './refusal-texts.ts';
import { nameOfRole } from './role-names.ts';

/** Why an account is not one whose password is reset here. */
export const accountRefusals = {
  'own-account': () => ({
    problem: 'This is your own account, and you cannot reset your own password here.',
    advice: 'Ask a colleague, or use your company’s own way to reset a password.',
  }),
  deleted: ({ at }) => describeDeletion(at),
  federated: () => ({
    problem: 'This person signs in at another service, so a password set here would be of no use.',
    advice: 'Reset it where the customer’s sign-in is kept, for example in their own AD FS or identity provider.',
  }),
  synchronised: () => ({
    problem: 'This account is kept in the customer’s local directory and only copied to the cloud.',
    advice: 'Reset the password in the local directory; the copy follows by itself.',
  }),
  'management-restricted': () => ({
    problem:
      'This account is under restricted management, so no role of a partner can reset its password, not even Global Administrator.',
    advice:
      'Have it reset by an administrator of the customer whose role is assigned at that restricted administrative unit.',
  }),
  'protection-unknown': ({ facts, ...trouble }) => {
    const cause = describeGraphTrouble(trouble);
    const lost = facts.map((fact) => protectingFactNames[fact]).join(', ');
    return {
      problem: `Nothing is reset, because Microsoft Graph does not tell any more what protects this account (${lost}): ${cause.problem}`,
      advice: cause.advice,
    };
  },
  guest: () => ({
    problem: 'This person is a guest, and guests have no password here.',
    advice: 'Have it reset in the organisation that the person comes from.',
  }),
  administrator: ({ roles }) => ({
    problem:
      roles.length === 0
        ? 'This person is an administrator, and the policy does not let administrators be reset this way.'
        : `This person is an administrator (${formatRoleNames(roles.slice(0, mostRoles).map(nameOfRole))}), and the policy does not let administrators be reset this way.`,
    advice: 'Have another administrator of the customer reset it.',
  }),
  'roles-unknown': ({ trouble }) => {
    if (trouble === undefined) return { problem: `${rolesUnknown}.`, advice: 'Try again in a few minutes.' };
    const { problem, advice } = sanitizeAdvice(describePartnerTrouble({ ...trouble, storedWording: undefined }));
    return { problem: `${rolesUnknown}: ${problem}`, advice };
  },
} satisfies Partial<RefusalTexts>;

const rolesUnknown = 'I could not read whether this person is an administrator, so nothing is reset';
