import type { Rights } from '../../reset/rights-of.ts';
import { example } from './example.ts';

/** What a person may type, and nothing that they may not do. Plain text. */
export function sayHelp({ mayReset, mayAudit }: Rights): string {
  const forTechnicians = [
    `• ${example}`,
    '• reset password for jane.doe@contoso.com',
    '• status: what of yours is not over yet, and what to do about it',
    '• cancel, or cancel with the reference of a request',
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
  return [
    'This is what I understand:',
    ...(mayReset ? forTechnicians : []),
    ...(mayReset || mayAudit ? history : []),
    '• hi',
    '• help',
    ...closing,
  ].join('\n');
}
