/** What is reset and is no password of an account. */
export const otherThings: readonly string[] = [
  `( RESET|CHANGE|NEED|GIVE|FORGOT|clear|new ) (?! NOT ) !NOT|MARK* FACTOR (?! ok|okay|fine|works|worked|is|are|already|sorted|not )`,
  `(?<! NOT .2 | about|besides|without ) FACTOR .. ( RESET|NEED|FAILED|FORGOT )`,
  `THING|admin|administrator admin? account? PASSWORD`,
  `tell|read|send|give|share|show|reveal|repeat ( ME|NAME|him|them )? ( at|of|from NAME )? ( HIS|the|WHOSE ) PASSWORD`,
  'NEED HIS (?! .3 PASSWORD|ACCOUNT|LOGIN ) .1 !it|RESET RESET',
  'second|other|test|old|admin|private|personal ACCOUNT',
  'FACTOR too|also',
  // The name of something unknown: `her Sage password`
  'FACTOR !PASSWORD* RESET LEAD* $$',
  `PASSWORD (of|for|to|on) .3 THING`,
  `( RESET | CHANGE | clear|clears|clearing ) .3 THING`,
  `( RESET | CHANGE | clear ) WHOSE (?! .4 ( PASSWORD | ACCOUNT | LOGIN | one|it|IT|RESET ) ) !FORGOT|MARK`,
  `( RESET | CHANGE | clear ) ( the|a|HIS|my|our ) (?! .4 ( PASSWORD | ACCOUNT | LOGIN | one|it|IT|RESET ) | !of|for|from|in|at|on* NAME ) !FORGOT|LEAD|MARK`,
  `FORGOT (?! IT ) ( HIS|the|WHOSE ) (?! .4 ( PASSWORD | ACCOUNT | LOGIN | old|one|current|new ) )`,
  `THING (?! .2 REPORTED ) .5 ( NOT .3 ENTER|REMEMBER | FAILED )`,
  `THING .. NEED .2 PASSWORD`,
  'GIVE|tell|read|show|reveal|what .. current|old|actual|existing PASSWORD',
  `SIDE .. ( PASSWORD | ACCOUNT | LOGIN )`,
  'locked_out of (the|HIS|a|our)* !ACCOUNT|LOGIN|PRODUCT|everything|it|all|system|network|portal|THE',
];
export const unlocks: readonly string[] = ['(?<! NOT .2 | about|besides|without ) UNLOCK'];

/** What makes a piece of a message a clause of its own. */
export const predicates: readonly string[] = [
  '( only|just|not ( the|HIS )* PASSWORD | RESET|NEED|FORGOT|FAILED|STOP|FORGETIT|SUSPECT|OVER|ENTER|REMEMBER|UNLOCK|TRIED|CONDITION|EXAMPLE|SUPPOSE|CLUE|WONDER|I|THEY|YOU|CHANGE|REPORTED|found|BE|HAVE|GIVE|TEACH | NEW .2 PASSWORD )',
];

/** By which somebody asks for what they quote below. */
export const handsOver: readonly string[] = [
  '( PLEASE | MODAL YOU ) .1 ( take|pick|handle|action|process|do|sort|help|reset|resolve | look after|into )',
  '(see|find|request|mail|message) .3 below | I approve|approved it|this',
  'take_care_of | take care of | deal with | handle|action|do|process this|below',
];

/** More than one person. */
export const severals: readonly string[] = [
  'PERSON (MARK|and|at|from|CUSTOMER)* PERSON (MARK|at|from)* both',
  'reset both | both (?! at|from|of|in|with|UNLOCK|times|tickets|mails|requests|the|CUSTOMER|HIS )',
  'everyone|everybody (?! but|except ) | all users|staff|passwords|of | x2|x3|x4 | them all | each of | every user|one',
  'the whole|entire|complete .3 company|team|department|office|staff|crew',
  '(?<! there are | of ) MANY|NUMBER PEOPLE (?! called|named|with )',
  'all (of|at|in|from) CUSTOMER | team|department|staff (at|of|from) CUSTOMER (NEED|HAVE)',
  'PERSON ,? ( and|plus|& | as well as ) PERSON (?! .. one of|either )',
  'passwords (for|of|to) PERSON (at CUSTOMER)? ,? (and)? PERSON | PERSON , PERSON , (and)? PERSON',
  'NUMBER|BULLET PERSON ... ; NUMBER|BULLET PERSON',
];

/** With which a note of what was done begins. */
export const closings: readonly string[] = [
  '^^ LEAD|MARK|BULLET|CODE|NUMBER|DATE|HOUR* ( (status|state|ticket|case) (NUMBER|CODE|BE|:)* )? OVER ( on|at|by|NAME|DATE|HOUR|NUMBER|h|today )* :|DATE|HOUR',
  '^^ LEAD|MARK|BULLET* ( status|state|ticket|case|incident ) NUMBER|CODE|BE|MARK* OVER LEAD* $$',
  '^^ LEAD|MARK|BULLET* ( .2 LOGBOOK | OVER $$ )',
];

/** A heading that tells of what follows. */
export const headings: readonly string[] = [
  '^^ LEAD|MARK* wrong chat|window|channel|person|thread',
  '^^ LEAD|MARK* fix|resolution|solution|outcome|result|work|time|invoice|billing|timesheet|line|automatic|auto .3 :',
  '^^ LEAD|MARK* .1 spam|duplicate|wrong|dupe|ignore|log|plan|reminder|policy|closing .3 :',
];

export const surelyOwns: readonly string[] = [
  'my own .. PASSWORD|ACCOUNT|LOGIN',
  '^ mine',
  'RESET|FORGOT mine',
  'RESET me $',
  'RESET my own? account|login',
];
export const owns: readonly string[] = [
  'my own? .2 PASSWORD',
  'i (am|have)? .1 FORGOT (?! to|about )',
  'i can|could not ENTER|get',
  '( RESET | PASSWORD ) .2 for ME',
  'i NEED ( a|my|NEW )* PASSWORD|RESET|one (?! for|of|reset for )',
];

/** A need of somebody who is not named. */
export const missings: readonly string[] = [
  '(?<! is ) the PERSON ,? who',
  '( his|her|a|my|THEY|PERSON ) RELATIVE ( FORGOT|is|NEED|has|can|who ) (?! ... PERSON )',
  'SOMEBODY ( FORGOT|is|NEED|has|who|can ) (?! ... PERSON )',
  '( for|of|about|behalf | CUSTOMER has ) of? ( SOMEBODY | ( HIS|a|my|another ) RELATIVE|user|customer|client ) (?! ... PERSON )',
  '( that|this|HIS other? | the other ) person|customer|company|place (?! NAME|is|: )',
];

/** A statement that begins so is a question, whatever is ordered in it. */
export const questions: readonly string[] = [
  '^^ LEAD|MARK* HOW (?! about|not|: ) .. ASKED',
  '^^ LEAD|MARK* is|was this|that|it (?! possible|ok|okay ) .3 :',
];

/** A line by which somebody signs. */
export const signatures: readonly string[] = [
  '^^ LEAD|MARK|kind|best|warm|regards|many|yours|faithfully|sincerely* PERSON $$',
];
