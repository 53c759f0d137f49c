import { event, whom } from './shared-patterns.ts';

/** Questions by which nothing is asked for. */
const asked: readonly string[] = [
  'WONDER',
  'PASSWORD .2 FAILED QUESTION',
  'approved ... QUESTION',
  `^^ LEAD|MARK* OPENER (?! it possible|poss | there | about | YOU | not | possible ) .. ${event} ... ASKED`,
  `^^ LEAD|MARK* what|whats is? ( NAME ${whom}|HIS|the ) PASSWORD`,
  '^^ LEAD|MARK* when|how|why|where does|do|did|will|is|can .. PASSWORD',
  '^^ LEAD|MARK* ( who is | look_up|check|show ) PERSON',
  '^^ LEAD|MARK* is|are|was PERSON ... ASKED',
  `^^ LEAD|MARK* (?! who|whose|which ) HOW (?! about|not|NAME|needs|I|THEY|YOU|: | is .1 left|missing|open|remaining|still ) .. ${event}`,
  '^^ LEAD|MARK* who asked|requested|wanted|ordered|can|could|may|should|will (?! NOT )',
  `^^ LEAD|MARK* did|have|are|do YOU (?! able|think|mind ) .. ${event}`,
  `( ^^ LEAD|MARK* | : MARK? ) ( is|has|did|does|was|do|are|am ) ( I|THEY|PERSON|users|people|customers|NOBODY ) (?! able ) .. ( ${event} | FORGOT | PASSWORD )`,
  `^^ LEAD|MARK* ( is|was|has|did|does ) ( the|a|an|HIS|WHOSE ) .. ( ${event} | FORGOT | PASSWORD )`,
  'HOW|when|whether to RESET|CHANGE',
];

/** Orders and needs that look like a question or a condition. */
const polite: readonly string[] = [
  `would|could|can ( a|an|HIS|WHOSE ) .. ${event} .. possible|ok|okay|fine|great|good|nice`,
  `POLITE .. can|could|would .. ${event} (?! .. SELF )`,
  `POLITE YOU .1 ${event}`,
  `MODAL I ( ask|request|have|get|trouble|bother ) .. ${event}`,
  `if ( YOU | it|HIS|WHOSE ) .1 (can|could|would|might|be|get)* .2 ${event}`,
  'I (have)? got? a .2 ( RESET | NEW PASSWORD ) for|from',
  'REPORTED|told ME to .2 RESET',
  'REPORTED to .2 RESET',
  `chance of .3 ${event}`,
  `what|how about (?! reset ) .2 ${event}`,
];

/** What may stand in a title beside names: no word that tells anything. */
const bare = 'NAME|LEAD|MARK|NUMBER|CODE|DATE|HOUR|FAILED|ACCOUNT|of|for|at|from|in|by|customer|company|mr|mrs';

const order: readonly string[] = [
  // `pwd: Jane Doe / Contoso`
  `^^ ${bare}* PASSWORD ${bare}* $$`,
  // `reset …`, `password reset …`, `new password …`
  '(^|NAME|NUMBER|UNKNOWN) ( a|an|one|new|quick|PRODUCT|PASSWORD|ACCOUNT|WHOSE|HIS )* RESET',
  '(^|NAME|NUMBER|UNKNOWN) (a|another|his|her|their)* NEW .2 PASSWORD|LOGIN',
  '(^|NAME|NUMBER|UNKNOWN) ( the|HIS )? PASSWORD ( at|of|for|from|in NAME )* LEAD* $',
  '(^|NAME|NUMBER|UNKNOWN) ( the|HIS )? PASSWORD for|of NAME',
  '^ PASSWORD change|changing for|of NAME',
  '^ CHANGE|recover .4 PASSWORD',
  '^ rest NAME',
  'PLEASE .2 RESET',
  '^ so MODAL YOU $',
  '( PLEASE | MODAL YOU ) .1 CHANGE|GIVE ( .2 one | it NEW )',
  '( ^ | PLEASE .1 ) UNLOCK',
  // `can you reset`, `it is time to reset`, `the password is to be reset`
  'MODAL be .1 RESET',
  'MODAL ( YOU|we|THEY|someone|somebody|anyone|NAME ) .4 ( RESET | CHANGE .4 PASSWORD )',
  'YOU MODAL .3 RESET',
  '( NEED|PLEASE|like|able|possible|chance|kind|ahead|time|YOU|good|great|nice|as ) .3 to .3 ( RESET | CHANGE .4 PASSWORD )',
  'forget to .1 RESET',
  '( PASSWORD | ACCOUNT | IT | NAME | this|that|his|hers ) (NAME|at|of|for|MARK)* ( to|be|needs|must|should|shall|can|has|is )+ .1 ( RESET|changed|renewed )',
  // `needs a new password`, `do the reset`
  'NEED|GIVE (?! .1 NOT ) .6 ( RESET | NEW .3 PASSWORD|LOGIN | PASSWORD )',
  'a|another|HIS NEW PASSWORD for NAME',
  '( for|with|about|due|is|on|up ) ( a|an|another|new|his|her|their|WHOSE ) .3 ( RESET | PASSWORD )',
  '( MODAL YOU | to | PLEASE ) CHANGE .4 PASSWORD',
  'for ( a|an|another ) .3 RESET',
  'assist|help .. with .2 RESET',
  '( ^ | YOU can|may ) ( go ahead | proceed ) $',
  'one PLEASE',
  'approved|approves|okayed|agreed .2 RESET',
  // `another one`, `do it`
  'NEW|another one',
  'GIVE (HIS|ME)? another $',
  'NEED|GIVE one (for|$)',
  '( ^ | MODAL YOU | NEED to ) CHANGE it|hers|his|this|that|them',
  '( ^ | MODAL YOU ) do|action it|this|that',
];

/** Somebody lacks their password now. */
const lack: readonly string[] = [
  'FORGOT (?! to|about )',
  'can|could|do|does not (?! type|enter|use ) .3 PASSWORD',
  'NOT .3 ENTER|REMEMBER',
  '( PASSWORD | LOGIN | IT ) .3 FAILED (?! through )',
  '( PASSWORD | LOGIN ) (is|are)? NOT (!THE)? possible|accepted|valid|ok|taken|right|recognised|recognized|correct',
  'NAME MARK* (BE|got|been|is)* locked|blocked LEAD|MARK* $$',
  'FAILED .3 ( PASSWORD | LOGIN | IT )',
  'no PASSWORD',
];

export const requests = { asked, polite, order, lack } satisfies Record<string, readonly string[]>;
