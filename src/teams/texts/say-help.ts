import type { Rights } from '../../reset/policy/rights.ts';
import { example } from './example.ts';

/** What a person may type, and nothing that they may not do. Plain text. */
export function sayHelp({ mayReset, mayApprove, mayAudit }: Rights): string {
  const forTechnicians = [
    `• ${example}`,
    '• reset password for jane.doe@contoso.com',
    '• status: what of yours is not over yet, and what to do about it',
    '• cancel, or cancel with the reference of a request',
    '• freeze Contoso, or freeze everything: from then on nothing is reset there, and what is open is refused',
  ];
  const history = mayAudit
    ? ['• history: the latest that everybody asked for', '• history of Contoso, or of Jane Doe']
    : ['• history: the latest that you asked for', '• history of Contoso: of that, what was for one customer'];
  const closing = mayReset
    ? [
        'A customer is a name, a domain or a tenant id; a user is a name, an address or an id. One person at a time.',
        'In a channel or a group chat, mention me first. The temporary password always comes to you alone.',
      ]
    : ['You may not reset passwords here. If you should, ask whoever looks after Locksmith to add you to its policy.'];
  const forApprovers = [
    '• thaw Contoso, or thaw everything: ends a freeze',
    '• Approve or Decline, on the card of a reset that needs a second person',
  ];
  return [
    'This is what I understand:',
    ...(mayReset ? forTechnicians : []),
    ...(mayApprove ? forApprovers : []),
    ...(mayReset || mayAudit ? history : []),
    '• hi',
    '• help',
    ...closing,
  ].join('\n');
}
