import { event, whom } from './shared-patterns.ts';

const request = `( ${event} | GIVE .5 PASSWORD | do it|this|that | NEED .3 PASSWORD )`;
const adverb = '( just|already|almost|also|now|have|has|had|even|then|finally )*';
const hour = "( HOUR | NUMBER am|pm|o'clock|h|sharp? | half past .1 | quarter past|to .1 | MANY o'clock? )";
/** A time to come. */
const later = `( the? LATER | monday|tuesday|wednesday|thursday|friday|saturday|sunday morning|afternoon|evening|night|noon | (on|next|come|coming|from|starting|over|until|not_before|at|as) (the|next|coming|this|a)* DAY | (on|from|starting|until) the? ( ORDINAL | DATE | NUMBER MONTH | MONTH NUMBER ) | at|past|around|after|until ${hour} | in THE|MANY|NUMBER|couple|few|half .3 SPAN | after|during (THE)? .2 lunch|break|meeting|call|weekend|hours|work|window|maintenance )`;
const wanted = `( ${event} | NEED .4 PASSWORD|RESET )`;

/** What is only tried out or made up. */
const unreal: readonly string[] = [
  '^^ .4 EXAMPLE .4 :',
  '(?<! NOT ) for|as|during|just|only|is|in|of|a (a|an|the|our|some|only|just)* EXAMPLE',
  'for the DRAFT .2 :',
  '^^ LEAD|MARK* say SOMEBODY|a|we',
  '^^ LEAD|MARK* if ( only | I had|were|was|got )',
  'SUPPOSE',
  '^^ LEAD|MARK* automatic|auto|auto-reply|autoreply .1 :|reply|response',
];

const condition: readonly string[] = [
  '( ^^ LEAD|MARK* | MODAL YOU ) only? CONDITION (?! it|that|this .2 ok|okay|fine|possible|alright|convenient|allowed|good ) !NOCONDITION (?! .. ( FAILED | forgot|forgotten|locked_out | was|were|had|did|tried|got|INCIDENT ) )',
  '^^ LEAD|MARK* should !YOU|it|be|not .3 call|approve|confirm|agree|ring|say|phone',
];

/** A time or a condition that belongs to the request itself. */
const putOff: readonly string[] = [
  `(?! ... NOW ) ${wanted} !before|by|since|MARK|THEY|BE* ,? but? ${later}`,
  `( ^ | MODAL YOU ) (from|starting|the)* ( ${later} ,? )+ .. ${wanted}`,
  '(?<! THEY|PERSON|manager|boss ) should !YOU|I|it|be|not .1 approve|confirm|agree',
  'awaiting|waiting for? .2 CONSENT',
  'only .. with .3 CONSENT | with .3 CONSENT only',
];

const negated: readonly string[] = [
  'wrong|mistake|pointless|useless|premature|too_early to RESET',
  // It is called off, or somebody is warned of.
  'FORGETIT (?! THE message|mail from|before|above )',
  '( ^^ LEAD|MARK* | YOU ) forget it|that|this',
  '( ^^ LEAD|MARK* | it|that|this|THEY|NAME|RESET|PASSWORD|request ) can wait',
  'only|just telling|informing|letting|sharing|mentioning YOU|this|it',
  'NOT .2 TOUCH .. ( PASSWORD | ACCOUNT )',
  'NOT (any|a)* PASSWORD FAILED|STUFF|change|changes|RESET',
  '^^ LEAD|MARK* hold_on|wait_with|hold',
  `${event} ... on hold`,
  '^^ on hold',
  '(?<! to|by|after|from|of THE? ) SUSPECT',
  'BE|look|looks|seems|sounds like|a? suspicious|phishing',
  // `don't reset`
  `(?<! why|PLEASE|if | I could|was|were ) NOT (?! forget|hesitate|only|just|mind|worry|ENTER|REMEMBER|wait|NAME|to|able|told|given|sent|received ) (?! .5 your PASSWORD ) .5 ${request}`,
  `NOT think|believe .. ${event}`,
  '^^ LEAD|MARK* STOP it|this|that? $$',
  'STOP .6 ( RESET | PASSWORD | request )',
  '(^|to|wants|can) leave|keep .3 ( PASSWORD | RESET )',
  // `the reset is not needed`, `reset: no`
  `${event} .. NOT ( NEED|required|necessary|possible|allowed|yet|now|today|be )`,
  `${event} ... (do)? NOT $$`,
  '( RESET | request ) .6 STOP',
  `( ${event} | request ) .. denied|declined|rejected|refused|cancelled|canceled|withdrawn`,
  `( ${event} | approved|confirmed|authorised|authorized|needed|required ) .3 :|QUESTION no|none|false|0|denied|rejected|declined`,
  // A refusal that stands alone
  '^^ LEAD|MARK* not yet',
  '^^ LEAD|MARK* (I|THEY)? (do|MODAL|WILL)? NOT $$',
  '^^ declined|denied|rejected|refused|cancelled|canceled|withdrawn',
  'not sure $$',
  'NOT the|HIS PASSWORD $',
  'NOT forgot|forgotten|locked_out',
  // Another one than who is named
  'anyone|everyone|anybody but|except NAME',
  'instead|rather of|than NAME',
];

/** It is done, or no more needed. Of another thing than the reset this says nothing. */
const over: readonly string[] = [
  `(?<! NEED|get|have|to|tell|ring|TEACH .4 | call|callback|check|verification|identity :|, ) ( ^ | NAME BE | it|this|that|all|everything|both|status|ticket|case|incident | ${event} | PASSWORD|ACCOUNT ) (BE|HAVE|already|now|been|all)* OVER LEAD|DATE|HOUR|NUMBER|by|on|at|NAME|UNKNOWN* $`,
  `(?<! NEED|get|have .4 ) ( ${event} | PASSWORD|ACCOUNT ) ${whom} (BE|HAVE|already|now|been|all)* OVER`,
  'BE back|signed|logged in (?! the|THE )',
  `( PASSWORD | ACCOUNT ) ${whom} ( is|are !NOT? fine|ok|okay|good|working|unchanged|correct | works|worked|stays|remains )`,
  'status|state : OVER',
  'PASSWORD ok|okay|fine|good|known|works $',
  'remembered|found .2 ( it | PASSWORD | again | note )',
];

/** Somebody did it. */
const done: readonly string[] = [
  '(?<! MODAL|can .3 ) SOMEBODY .5 RESET PERSON',
  `(?<! MODAL|PLEASE|POLITE|if|when|to|that|: ) ( I | THEY | YOU | have|has|had|been|already|someone|somebody ) ${adverb} RESET (?! NEED )`,
  `(?<! for|of ) PERSON ${whom} ${adverb} RESET|changed the|his|her|their`,
  '(?<! NEED .2 ) PAST ( to|a|the|his|her|their|PASSWORD|ACCOUNT|already|just|not )* RESET',
  'PAST .1 GIVE .5 NEW PASSWORD',
  `PASSWORD ${whom} was|were changed .. ( by NAME|HIS|the | on DAY | yesterday )`,
  `${event} ${whom} ( went|took|worked|works|helped|arrived|came|solved|fixed|failed|was|did|done|has|had|carried|performed|executed|actioned|processed|scheduled|planned|booked )`,
  `${event} .. ( yesterday | ago | last DAY )`,
  'the|HIS NEW PASSWORD .. ( NOT|work|works|worked|BE|sent|arrived )',
  '^^ since .2 RESET',
  'BUSY',
  `told|advised|pointed|directed ( HIS|him | NAME ${whom} ) to`,
];

/** A reset is spoken of, and none is asked for. */
const told: readonly string[] = [
  // What will be, should have been, or may be
  `WILL (?! YOU|NEED ) .4 ${event} (?! .. for YOU )`,
  '(?<! I|am ) WILL .2 NEED',
  'might|may (?! I|YOU ) .2 NEED',
  'WILL .2 call|calling|ring|ringing|phone|phoning|contact',
  'TRIED .3 RESET',
  'supposed|meant to .1 RESET',
  'MODAL have .1 RESET',
  'is|are|am .1 resetting',
  'remind ME',
  'FIX .. ( RESET | FORGOT )',
  'create ( a|an|new|the )* ( ACCOUNT | a_user|mailbox )',
  'FORGOT .. ( last DAY|SPAN | MANY|NUMBER times )',
  'PASSWORD|it .1 expires',
  'WILL .1 FAILED',
  'WILL come|visit|drop .. RESET',
  // Who does it themselves, or is told how
  'RESET|CHANGE ... SELF',
  'asking|asked|telling|told HIS|NAME to ( RESET | CHANGE )',
  `TEACH ( NAME | him|her|them|everyone|users ) ( at|of|from|in NAME )? (to|how|can|should|must|that|through|who)* ( RESET | CHANGE | choose|pick|changes|resets ) (?! ... PERSON )`,
  `want|wants PERSON ${whom} to RESET (?! ... PERSON )`,
  `PERSON ${whom} wants|want to RESET the`,
  '( NAME | he|she|they ) ( at|of|from|in NAME )? (should|must|has|have|will|may|can|could|is|are) (to|going)* ( RESET | CHANGE | choose|pick ) (THE|SELF)',
  // Talk about resets
  '(?<! FAILED .3 ) RESET|PASSWORD STUFF (?! PASSWORD )',
  'THE|PAST|MANY .1 mail|mails|email|emails|message|letter|sms|pop-up|popup|screen .1 about|saying|asking|telling|that|to|with|for|reading|SAID .. RESET',
  'PASSWORDS (?! for|of NAME ) .. ( ,? RESET|quarterly|monthly|weekly|yearly )',
  'RESET (the)? PASSWORDS (?! ... PERSON )',
  'your PASSWORD',
  `( thanks|thank|thx|kudos|happy|pleased|complained ) (?! in advance ) .3 ( for|with|about ) .4 ( ${event} | PASSWORD )`,
  '^^ SAID LEAD* RESET',
  'RESET PERSON next to',
  `PASSWORD ${whom} to CODE`,
];

export const refusals = { unreal, condition, putOff, negated, over, done, told } satisfies Record<
  string,
  readonly string[]
>;
