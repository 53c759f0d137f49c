import type { Token } from './read-tokens.ts';

const longest = 7;
const doer =
  '(?:requested|approved|authorised|authorized|raised|reported|logged|submitted|opened|created|sent|vouched|verified|confirmed|asked|forwarded|escalated|called|signed|passed|ordered|initiated|placed|witnessed|identified|checked|reviewed|allowed|permitted|okayed|greenlit|assigned)';
const things =
  '(?:it |this |that |them |him |her |us |me |the |a |an |new |temp |temporary |password |pw |pwd |details |code |credentials |creds |link |login |info |result |confirmation |everything |copy |reply )*';
const leads = [
  `${doer} (?:for |in |off |on |over |up )?(?:by|with|to)`,
  'requested',
  '(?:spoke|spoken|speaking|talked|talking|agreed|discussed|cleared|check|confirm|verify|checking|arranged|liaise|liaised) (?:it |this |that )?(?:with|to)',
  '(?:on )?behalf of',
  '(?:as )?per',
  "b?cc(?:'d|'ing|ing)?(?: to| in)?",
  '(?:via|by)',
  '(?:reply|respond|write|report|answer|get back|revert|attn|attention|fao)(?: back)?(?: to)?',
  `(?:send|sending|email|e-mail|mail|text|forward|fwd|dm|message|share|give|pass|deliver|hand|return|report|sent|emailed|forwarded|bring|deliver|read|tell) ${things}(?:on |over |out )?(?:to|with)`,
  '(?:tickets?|requests?|calls?|emails?|mails?|messages?|came|coming|come|comes|heard|note|word|approval|permission|case|received|instructions?|orders?|forwarded|escalation|escalated|voicemail|query) (?:is |was |in |through |just |direct )*from',
  '(?:let|tell|ping|notify|inform|contact|ask|copy|cc|loop|include|advise|alert|update|msg|dm|message|call|phone|ring|text)(?: in)?',
  "(?:line )?(?:manager|boss|supervisor|approver|requester|requestor|reporter|sender|author|submitter|delegate|sponsor|backup|assistant|secretary|pa|colleague|coworker|technician|tech|agent|engineer|owner|assignee|raised for)(?:'s)?(?: name| email| e-mail| address)?(?: is| was)?",
];
const lead = new RegExp(
  `^(?:${leads.join('|')})(?: [:=-])*(?: (?:user|my|his|her|their|our|your|the|manager|boss|supervisor|colleague|line|it|mr|mrs|ms|dr|team|lead))* `,
);

/** How many tokens from `at` on lead to somebody who is but mentioned: `requested by`, `cc`, `send it to`; 0 where none do. */
export function measureLead(tokens: readonly Token[], at: number): number {
  const text = tokens
    .slice(at, at + longest)
    .map((token) => `${token.kind === 'mark' || token.kind === 'word' ? token.word || token.text : '*'} `)
    .join('');
  const found = lead.exec(text)?.[0] ?? '';
  return found.split(' ').length - 1;
}
