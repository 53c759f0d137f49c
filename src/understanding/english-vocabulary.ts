import { ordinaryWords, words } from './english-words.ts';
import type { Label, Vocabulary } from './vocabulary-shape.ts';

const raw = String.raw;
const anyOf = (patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'));

const password = raw`(?:passwords?|pwd?|pass|passwd|passw|passcode|p/w|credentials|creds|login|logon|sign-?in)`;

/** What is reset, in any spelling. */
const secret = raw`(?:p[aswodr0]{4,9}s?|${password}|account|access)`;
/** What has a password of its own, or can be reset, and is nobody’s account. */
const things = raw`(?:shared mailbox|files?|excel|spreadsheet|workbook|pdf|zip|documents?|folders?|drive|cache|profile|queue|layout|desktop|scanner|copier|camera|door|safe|intercom|kiosk|screen ?saver|chart|quota|badge|licen[cs]es?|calendar|signature|settings?|expectations|meetings?|permissions?|cookies|archive|usb stick|display name|phone number|alarm|status|wi-?fi|wlan|router|printer|server|sql|database|vpn|iphone|ipad|tablet|factory)`;
/** A word before the word that counts, not one that begins another phrase. */
const mods = raw`(?:(?!for |of |at |in |on |from |with |to )[\w'/&-]+[:,]? )`;
const its = '(?:the|my|our|his|her|their|this|that|a|an)';
const article = '(?:(?:the|our|her|his|my|their|mr|mrs|ms|@) )';
/** A person, with or without where they are. */
const person = '<p>(?: (?:at|from|of|in) <c>)?';

const oneOf = (patterns: readonly string[]): string => patterns.join('|');

/** What a person's name follows whose password is asked for. */
const asksFor = [
  raw`\b${password}(?: reset| change)?(?: please| pls)? (?:for|of|4)`,
  raw`\b(?:reset|resetting|rst)(?: (?:the|an?))?(?: (?:account|user|login|${password}))?(?: (?:for|of))?`,
  raw`\b(?:new|temp|temporary|fresh) ${password} for|(?<!\b(?:the|his|her|their) )\b(?:new|temp|temporary|fresh) ${password} to|\b${password} (?:belonging to|that belongs to)`,
  raw`\breset(?: request)? for|\btarget|\baffected user(?: is)?|\buser|\b(?:user|person|employee)(?: concerned| affected)? is|\b(?:call(?:s|ed|ing)?|rang|wrote|mail(?:ed)?|asks|asked|call from [^.!?\n]{0,40}) (?:<p> |<c> |us |me |in )*(?:about|regarding|concerning)`,
];
/** Words that may stand between that and the name. */
const between =
  'the|an?|our|your|my|his|her|their|dear|lovely|poor|good|old|favou?rite|beloved|boss|user|customer|employee|colleague|client|person|mr|mrs|ms|miss|dr|contact|staff|member|<c>|accountant|only|account|reset|pw|password';

/** What people do who speak of another person. */
const speaksOf = [
  raw`(?:said|says|asked|asks|told|tells|wants?|wanted|would like|reported|reports|wrote|writes|verified|thinks)\b(?! (?:a|to have|to get|(?:his|her|their)(?: own)?) (?:new |${password}))`,
  raw`approve[sd]?|okayed|signed|forwarded|is covering|forgot <p>`,
];
/** What is said of a person who needs a new password. */
const lacksPassword = [
  raw`(?:has )?forgot|needs? (?:a |an |his |her |their |the |to )?(?:new |have |his |her |${password}\b|reset)`,
  raw`is locked|locked out|(?:can'?t|cannot) (?:log|sign|get|remember|recall|open|access)|lost (?:his|her|their|the) ${password}|reset\b(?!.*<p>)`,
];

/** The beginning of a clause, or a word that an imperative or a bare noun may follow. */
const clause = raw`(?:^|[^\w\s'] ?|\n|\d |\b(?:please|pls|plz|plss|pleas|plese|kindly|just|now|then|so|and|to|can|could|cud|may|must|should|shall|will|would|you|u|we|i|i'd|someone|somebody|anyone|let's|lets|ahead|asap|urgent|urgently|hi|hiya|yo|actually|well|hello|hey|morning|bot|team|all|there|again|still|also|only|today|quickly|locksmith|help|or|but|next|instead|possible|request|task|action|subject|ticket|thanks|up|yeah|yes|yep|oh|ok|okay) )`;
/** What stands before a password that is asked for; not “the”, which speaks of one that is known. */
const own = raw`(?:an?|another|some|his|her|their|its|my|one|our|<p>'s|(?:the |his |her )?users?'?s?)`;
const kindOf = raw`(?:new|fresh|temp|temporary|another|different|quick|urgent|own|old|current|user|office|id|365|o365|m365|microsoft|ms|entra|azure|ad|email|e-mail|mail|outlook|windows|teams|work|account|login|domain|damn|forgotten|lost|starter|initial|first|working|brand|single|simple|<c>|<p>'s)`;
/** A reset as a noun. */
const renewal = raw`(?:(?:password|pw|pwd)?[ -]?(?:res+[er]t|rest|rst|re-?set|renewal|change)(?:ting|s|ed)?|redo|redone)`;
/** What somebody does who asks, or who lacks something. */
const needs = raw`(?:needs?|needing|trigger|appreciate|wants?|wanted|wanting|requires?|required|requests?|requested|requesting|asks?|asked|asking|likes?|get|gets|give|given|giving|have|having|provide|provided|supply|send|put|issue|assign|grant|create|make|generate|do|does|perform|arrange|arranged|organi[sz]e|order|sort|use|initiate|start|process|run|raise|receive|set|begs|begging|pleads|call|called|calling|calls|rang|ringing|chance|looking|got|approved|approves|okayed|carry|open)`;

/** What may stand before the first words of a sentence that say something. */
const opening = raw`(?:^|[.!?\n] ?)(?:\W*\b(?:hi|hello|hey|hiya|dear|team|all|guys|please|pls|ok|okay|oh|yeah|yes|yep|so|and|then|but|well|good morning|only|not now|can|could|would|will|you|we|ticket|\d+)\b(?! ?(?:am|pm|o'clock)))*\W*`;
/** Begins an order, maybe with a person in front. */
const order = raw`[,:;-]? ?(?:and )?(?:then |please |pls |we |you |can you |could you |can we |may you )*(?:reset|resetting|give|send|issue|make|set|create|change|do|renew|(?:a |the )?(?:new |password |pw )+(?:reset )?for|password|pw|(?:${person}|<c>)(?:,? |'s )(?:needs?|wants?|want|gets?|should|must|requires?|can have|may have|will need|(?:pw|password|new))|(?:i|we)(?:'ll| will| shall) (?:need|want|require|have))\b`;
const day = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?';
const hour = raw`(?:\d{1,2}(?: ?: ?\d\d)?(?: ?(?:am|pm|a\.m\.?|p\.m\.?|o'?clock|h|hrs|sharp))?|noon|midday|midnight|lunch(?: ?time)?|half past \w+|quarter (?:past|to) \w+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o'?clock)?)`;
const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const date = raw`(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? ${month}|${month} \d{1,2}(?:st|nd|rd|th)?|\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?)`;
/** A time to come. */
const later = raw`(?:(?:(?:on|next|come|coming|from|starting|over|wait until|until|not before|not until|at the start of) )+(?:the |next )?(?:${day}|week|weekend|month|the \d{1,2}(?:st|nd|rd|th)?|${date})(?: (?:morning|afternoon|evening|night|noon))?|(?:from |as of |starting )?(?:the )?(?:day after )?tomorrow(?: (?:morning|afternoon|evening|night|noon))?|tonight|${day} (?:morning|afternoon|evening|night|noon)|(?:this|in the) (?:afternoon|evening|night)|(?:at|around|past|after|not before|not until) (?:about |around )?${hour}|in (?:an?|half an|\d+|two|three|four|five|ten|a few|a couple of|some) (?:hours?|minutes?|mins?|days?|weeks?)|at (?:the )?end of (?:the )?(?:day|week|month|business)|${day}(?= ?:)|later(?: today| on| this \w+)?|eod|eob|first thing (?:in the morning|tomorrow|${day})|(?:during|after) (?:the |his |her |their |our )?(?:\w+ )?(?:lunch|break|meeting|call|weekend|hours|work|window|maintenance))`;
/** What tells that the time before an order is over. */
const past = raw`attack|incident|breach|hack|phish|attempts?|tries|update|upgrade|migration|being|having|forg[eo]t|lock|lost|stolen|wrong|fail|expired|crash|can'?t|cannot|couldn'?t`;
/** What stands behind `if` or `when` and puts nothing off. */
const noCondition = raw`(?! ?(?:possible|poss|(?:you|u|yo|ya|i|we)\b|that'?s|that is|it'?s|it is|this is|is ok|ok|okay|convenient|at all|not|again|more|needed|need be|necessary|so|any|there|in doubt|allowed|free))`;
const consent = '(?:approval|consent|permission|confirmation|sign-?off|authori[sz]ation|ok|okay)';
/** A condition or an event to come. */
const condition = raw`(?:(?:if|once|when|whenever|unless|provided|providing|assuming|in case|as soon as|as long as|subject to|pending|on condition)${noCondition}|should (?!you\b|be\b|not\b)\w+ (?:\w+ )?(?:approve|confirm|agree|call|ring|say)|(?:as soon as|once|when|if) (?:we|i) (?:hear|get|have|know|say|tell|confirm|receive|give)|the (?:minute|moment|second)(?! <p>| of)|wait for|with (?:\S+ ){0,3}${consent} only|only (?:with|on|upon|against|after) (?:\S+ ){0,3}${consent}|not before (?:he|she|they|<p>)|upon|after(?! ?[^,.!?\n]*(?:${past}))|(?:up)?on (?:his |her |their |the |your )?(?:\w+ )?(?:approval|confirmation|receipt|arrival|sign-?off|return)|following (?:his |her |the )?(?:approval|confirmation))`;
/** What comes between an order and a time that is not the order’s: what is told, or what else is to be done. */
const tells = raw`(?:forg[eo]t|lock|can'?t|cannot|couldn'?t|says|said|error|tries|tried|since|because|lost|expired|gets|got|know|see|tell|ask|check|call(?:ed)?|rang|phoned|wrote|mailed|arrived|starts?|begins?|leaves?|let|make sure|so that|did|was|were|had|been|unable|until|sorry|need|change|who|he|she|they|works?|before)`;
/** English. */
export const english: Vocabulary = {
  common: ordinaryWords,
  respelled: words(`
    the and for with from please reset password passwords account user customer company client tenant needs need forgot
    forgotten locked access login new change changed can could would his her their has have temporary ticket thanks that
    this unlock lost morning at out logon rest they what needs team hello help support
  `),
  misspelt: [[/^pa?s{1,3}[wv]\w{0,4}$/, 'password']],
  place: words(`
    at from in of with @ for on to under customer client cust tenant company org organisation organization
    domain site
  `),
  notPlaces: words(`
    tier level home desk lunch vacation holiday leave phone line minutes moment morning afternoon evening night once
    time order case total work the a an his her their my our your all least last here there today now
    person sick parental call hold it this that 5 future queue general particular addition next logon login
    sign-in fine ok okay properly again admin portal front three weeks days two outside external
  `),
  departments: words(`
    facilities sales finance marketing hr it reception legal payroll warehouse operations accounting accounts support
    helpdesk purchasing logistics production engineering management admin administration research
  `),
  startsName: words(`
    reset resetting rst for of user password pw pwd 4
  `),
  startsPlace: words(`
    at @ from in
  `),
  targetBefore: new RegExp(raw`(?:${oneOf(asksFor)})(?: (?:${between}))* (?:[@＠] ?)?$`),
  targetAfter: anyOf([
    raw`^ (?:a|an|another) (?:${kindOf} )*${secret}\b(?! (?:for|of) <p>)|^ is the (?:user|person)\b`,
    raw`^'s (?:(?:new|old|current|own|account|user|login|office|365|o365|m365|microsoft|entra|azure|ad|email|work|<c>|damn|the) )*(?:${password}|reset|account)\b(?! (?:work(?:s|ed)|went|is (?:fine|ok|done)|was))`,
    raw`^(?: \([^)]*\))?(?:,? (?:at|from|of|in|@|with|over at|-)? ?(?:the |our )?<c>(?:'s)?)?(?: (?:in|on|from|at) (?:the |our |his |her )?[a-z]+)?(?: (?:is |was )?(?:on the (?:phone|line)|on hold|here))?(?:,? who(?: (?!said|asked|called|wants|told)\w+){1,5})?,? (?!${oneOf(speaksOf)}|to reset|the new\b|(?:can|could|will|should) reset)(?:(?!and |to |on |in )[\w'/]+ ){0,3}(?:${oneOf(lacksPassword)})`,
  ]),
  asideBefore: anyOf([
    raw`\bcc $`,
    raw`\b(?:thanks|thank you|thx|cheers)\b[^.!?\n<]{0,40} $|\b(?:are|were) not $`,
    raw`(?:\b(?:per|via|by|thanks|thank|thx|ty|cheers|hi|hey|hello|dear|according to|i am|i'm|my name is|me|(?:his|her|their|the) (?:line )?(?:supervisor|boss|lead|colleague|assistant|secretary|director|deputy|mentor)|manager(?: is)?|approver|verified by|authori[sz]ed(?: by)?:?|requested via|signed|usual contact|wife|sits next to|formerly|replacing|replaced|(?:we|i|already) (?:did|done|handled|fixed|sorted)|touch|touching|don't (?:do|call|ring|ask|mail|email|contact)|forget|fyi|wrong|covering for|boss) ${article}*|\((?:via |by |spoke w ?/ ))$`,
  ]),
  addresseeBefore: anyOf([
    raw`(?:\b(?:tell|tells|told|asked|notify|inform|let|(?:^|and|&|please|pls|,|then|to|-) (?:email|mail|call|text)|call|text|ring|phone|message|ping|update|spoke (?:to|with|w ?/)|this is|it's|it to|to|give|send|so that|says|when done|keep|(?<!the one )with|w/|reach|through|can|for (?=.*\bfor <p>)) ${article}*|[@＠] ?)$`,
  ]),
  besideBefore: /\b(?:with|near|beside|next to|by|from|(?<!behalf )of) (?:the |our |her |his )?$/,
  subjectBefore: anyOf([
    raw`\b(?:have|got|(?<!to )get|verified|from|(?:caller|callback|contact|manager)(?: is)?) (?:mr |mrs |ms )?$`,
  ]),
  asideBeforeAddress: anyOf([raw`\b(?:cc|bcc|cc:|from|contact|personal mail|on \w+day)[: (<]*$`]),
  asideAfter: anyOf([
    raw`^(?: \([^)]*\)| from <c>| at <c>| of <c>| from \w+ at <c>)?(?:,)? (?:called|requested|rang|phoned|(?:says|said)(?! the \w+\b)|asked(?! ?\?)|asks|wants(?! (?:it|one|that)[.!]?(?: |$))|wanted|would like|needs <p>|need <p>|needs(?! (?:it|one|that|the reset)\b)|wrote|writes|here\b|speaking|told|reported|reports|approved|okayed|signed|ok'd|is shouting|shouting|keeps|keep|forwarded|opened|is cc|is waiting|waiting|waits|picks|said so|is on|on holiday|on the (?:line|phone)|is asking|can't reach|thinks|forgot <p>|is covering|verified|has(?! (?:the|to|a|forgotten|lost|no|problems?)\b)|get <p>|is done|sorted|know\b|when done|agrees|is (?:her|his|their)(?! (?:\w+ )?name)|is fine|with <p>)`,
    raw`^(?: \(?<c>\)?)?(?: \(\d\d: ?\d\d\))?: |^,? (?:(?:can|could|would|will) you|please|pls|kindly) reset (?:(?:the )?${secret} (?:for|of) )?<p>|^\): `,
  ]),
  tellsBefore: /\bbehalf of $/,
  tellsAfter:
    /^ and (?:i|we|me)\b|^(?: \([^)<]*\)|, [^,.<\n]{2,30}(?: (?:at|of) <c>)?,)?(?: (?:at|from|of|in|@) <c>| (?:on|in|at|from) (?:the |our )?[a-z]+(?= (?:will|can|could|would|is|has|was|says|said|asks|called)\b))? (?!(?:at|from|of|in|on|@|and|or|but|not|for|to|with|the|an?|his|her|who|pw|password|reset|please|pls|asap|now|today|instead|needs?|is the one|is (?:his|her) name|says the)\b|asked ?\?)[a-z]/,
  ownerBefore: anyOf([
    raw`\b(?:covering for|stands? in for|replac(?:es|ing|ed)|instead of|t(?:akes?|ook) over from|succeed(?:s|ed|ing)|\([\w ]{2,30} (?:of|for|to)) $`,
  ]),
  ownerAfter: anyOf([
    raw`^'s (?:(?:old|new|former) )?(?:pc|laptop|computer|phone|mailbox|colleague|boss|wife|husband|assistant|deputy|successor|manager|secretary|request|replacement|mother|father|sister|brother|partner|friend|team)\b`,
    raw`^'s (?:${password}|reset|account) (?:work(?:s|ed)|went|is (?:fine|ok|done)|was)\b|^'s (?:(?!and |or |& |${password}\b|reset|account)[\w-]+,? ){1,3}(?:is |called |named )?<p>`,
  ]),
  signature: /^(?:,? ?(?:[|,-] )?| ?\n)<c>\W*[\n>|.!?]$/,
  signOff: anyOf([
    raw`(?:\n|[.!]) ?<p>(?: [|,-] [a-z ]+)* [|-] <c>$|\n<p> ?\n[a-z ]+ [|,-] <c>(?: [|,-][^\n<]*)?$|(?<=[.!?)] ?\n)<p> ?(?:\n(?!>)[^\n.!?:]{0,40}){0,4}$|\n ?-- ?\n|\n ?- ?- ?\n`,
    raw`(?:^|[.,!\n ] ?)(?:(?:kind |best |warm |many )?(?:regards|rgds|thanks|thank you|thx|ty|cheers|best|br|sincerely|greetings|yours|yours (?:faithfully|sincerely|truly)|mit freundlichen gr\S+|sent from my \w+)),? *(?:\n(?! ?>)|$|<p>|[a-z]+ <p>)`,
  ]),
  corrects:
    /(?:\b(?:sorry|i mean|i meant|actually|wait|rather|oops|whoops|(?:scratch|strike|forget) that|make that|edit|correction|wrong (?:one|name|person|user|window|chat|company|customer)|my (?:bad|mistake)|typo|apologies|should (?:be|have been|read)|not (?:him|her|them|<p>))\b[ ,:;.!()-]*(?:(?:it'?s|it is|that'?s|reset|for|at|from|in|no|the|<p>|i mean|i meant|actually|user|name is)[ ,:]+)*|\b(?:er|erm|no),? (?:it'?s |it is |at |from |in |i mean |i meant )?|[ \n]\* ?)$/,
  correctsAfter:
    /^,? (?:i mean|i meant|rather|is meant|i should say|who needs (?:it|the reset|a new|a reset|the new)|(?:is|was) the right)\b/,
  correctedAfter:
    /^(?:[^\p{L}\p{N}<']*$| ?[^\p{L}\p{N}<' ]| (?:at|from|in|of|@) <c>| (?:please|pls|instead|i mean|i meant|needs|who|is the one|is meant)\b)/u,
  doubts:
    /(?<!\bnot )\b(?:the|an?) (?:other|old|second) <p>|\b(?:maybe|perhaps|probably) (?:(?:at|from|it'?s|called|named) )*<|\bi think$|<p> or <p>|\bnot sure (?:if|whether)|\b(?:one|either) of (?:them|the (?:two|three|both))\b/,
  nameParts: words('van von de del der den di da la le bin ibn al el jr jnr junior sr snr senior ii iii iv'),
  articles: words('the our their her his "'),
  towns: words('in'),
  placeOf: anyOf([raw`^(?:'s)? ?[,(]? ?(?:from|at|of|in|@)? ?(?:the )?$`]),
  denies: anyOf([
    raw`\b(?:not|isn't|rather than|instead of|except|but not|never)(?: at| the| other| in| from| on| of| for| for the| ones?)* $`,
  ]),
  formerPlace:
    /\b(?:previously|formerly|ex|used to (?:be|work)|moved(?: over)?|(?:isn't|not|no longer|was)(?: any more)?|came|transferred|switched)(?: (?:at|from|of|with|for|in))* (?:the )?$/,
  deniesAfter: anyOf([raw`^(?: at <c>)?:? no(?= *(?:[.,;!?\n]|$|<))`]),
  whyNot: [
    [
      'other-factor',
      anyOf([
        raw`(?<!\b(?:not|need for|about|besides|without|leave|leaves|keep|can'?t use|doesn'?t (?:want(?: to use)?|like|have|use)|don'?t (?:just|only)) (?:the |his |her |their |an? |any )?)\b(?:two factor|multi factor|mfa|2fa|2-fa|tfa|multi-?factor|two-?factor|2-factor|authenticator|passkeys?|fido2?|totp|otp|yubikey|sspr|security key|windows hello|bitlocker|self-?service)\b(?! (?:ok|okay|fine|works|worked|(?:is|are) (?:fine|ok|okay|working|good)))`,
        raw`\b(?:local|domain|root|service|global|laptop|pc|computer|workstation|machine|device|phone|tablet|router|firewall|printer|server|wi-?fi|wireless|vpn|database|sql|sap|bank(?:ing)?|google|gmail|icloud|apple|facebook|linkedin|dropbox|zoom|slack|adobe|quickbooks|xero|salesforce|citrix|nas|vault|keepass|lastpass|1password|website|wordpress|admin|administrator)(?: admin)?(?:'s)? (?:account )?(?:password|pw|pwd|passcode|pin)\b`,
        raw`\b(?:reset|new|change|forgot|forgotten|clear|needs) (?:the |his |her |their |a )?(?:windows )?(?:pin|vpn|voicemail|bios)\b|'s (?:pin|vpn|voicemail|bios)\b|\b(?:pin|vpn|voicemail|bios) (?:reset|password|for)\b`,
        raw`\bapp(?:lication)?[ -](?:specific )?passwords?\b|\btemporary access pass\b|\b(?:sap|adobe|netflix|erp|crm|bank) (?:account|only|password)\b`,
        raw`\b(?:reset|resetting|change|changing|clear) (?:${its}|<p>'s) (?!${mods}{0,4}(?:(?:${secret}s?|users?)\b|one\b|it\b|<p>|<c>))[a-z]`,
        raw`\b(?:reset|change|changing|clear) (?:<p>'s )?${mods}{0,2}${things}\b|\b${things} (?:for <p> )?(?:(?:has to|needs to|must|should|to) )?(?:be )?(?:reset|cleared|changed)\b`,
        raw`\b${things}(?:'s)? ${password}\b|\b${password} (?:of|for|to|on) (?:${its} )?${mods}{0,2}${things}\b|\bhas a ${password}\b|\bpassword (?:prompts?|page|field|expiry)\b`,
        raw`\b${things}[^.!?\n]{0,30}\b(?:is|are) locked\b|\b${password}[ -](?:list|protected|protection|sheet|book|mails?|e-?mails?|sms|length|rules?|admin\w*)\b(?! (?:address|password|pw))`,
        raw`^(?!.*\b(?:reset|new (?:temp\w* )?${password})\b)(?:.|\n)*\b(?:block|enable|disable|rename|delete|remove|revoke|assign|(?:create|new) (?:an? )?(?:account|user|login|mailbox))\b`,
        raw`^(?!.*\breset)(?:.|\n)*\b(?:tell|read|send|give|share|show|reveal|repeat) (?:me |us |${person} |her |him )?(?:${its}|<p>'s) (?:current |old |actual |guest |shared )*${password}\b(?!.*\bchang)`,
      ]),
    ],
    [
      'unlock',
      anyOf([
        raw`(?<!\b(?:not|about|besides|without|don'?t (?:just|only)) (?:the |an? |any )?)(?<!\breset\b.{0,60})\bunlock(?:ing)?\b(?!.{0,60}\b(?:reset|new ${password}))`,
        raw`^(?!.*\b(?:reset|new (?:temp\w* )?${password})\b)(?:.|\n)*\bunblock(?:ing)?\b`,
      ]),
    ],
    [
      'several-users',
      anyOf([
        raw`\b(?:reset both|both(?! (?:at|from|of|in|with|unlock|the|times|tickets|mails|requests)\b)|everyone|everybody|all (?:users|staff|of (?:them|<p>)|passwords)|them all|each of|every (?:user|one)|reset every password|the (?:whole|entire|complete) (?:[\w<>]+ ){0,3}(?:company|team|department|office|staff|crew)|passwords of|(?<!there are )(?:\d+|two|three|four|five|six|several|some|many|few) (?:users|people|colleagues|employees)(?! (?:called|named|with))|all (?:of|at|in|from) <c>|(?:team|department|staff) (?:at|of|from) <c> (?:needs?|wants?|has|have)|x ?\d|for these)\b(?! no\b)`,
        raw`\bme (?:\(<p>\) )?and <p>|<p>(?:'s)?,? (?:and|&|as well as) <p>(?!.*\b(?:one of (?:them|the)|either))|\bpasswords (?:for|of|to) <p>(?: at <c>)?,? (?:and )?<p>|<p>, <p>, (?:and )?<p>|(?:[-*•]|\d[.)]) <p>[^\n]*\n ?(?:[-*•]|\d[.)]) <p>|(?:\band|\bplus|&) (?:his|her|their) (?:\w+ )?(?:colleagues?|team|staff|co-?workers?)\b`,
      ]),
    ],
    [
      'negated',
      anyOf([
        raw`\b(?:don'?t|do not|does not|doesn'?t|did not|never|shall not|must not|should not|shouldn'?t|mustn'?t|(?:we|you|u) (?:cannot|can'?t)|(?<!so |and )i (?:cannot|can'?t)|cannot have|^can'?t|won'?t|refuse|refuses|deny|block|ignore|decline|reject|undo|revert|revoke|roll back|refrain from|stop|hold off|hold on|wait with|park|leave|nobody should|no one should)\b(?! (?:ask|touch|forget|log|sign|work|get in|access|reach|remember|open|find|have access|let|worry|mind|hesitate|wait|just|only|want to wait|know (?:his|her|the|their)))(?:[^.!?,;\n]{0,40}?)\b(?:reset|resetting|change|new (?:password|pw)|do it|send it|need|needed|required|get a|get any)\b`,
        raw`\b(?:didn'?t|did not|hasn'?t|never) ask(?:ed)? (?:us )?(?:for|to)\b`,
        raw`\bcan'?t (?:have|get) a (?:new|fresh|temp\w*|reset)\b|\bnot (?:be )?allowed\b|\bunder no circumstances\b`,
        raw`\bno (?:(?:more|further|other|new|additional) )*(?:${password} )?(?:resets?|changes?)\b|\bnot a (?:${password} )?reset\b|\bwithout (?:a|any) (?:${password} )?reset\b`,
        raw`\b(?:nobody|no one|none of (?:us|you|them)) (?:[\w']+ ){0,4}reset\b`,
        raw`\b(?:scrap|drop|skip|hold|withdraw|stop|abort|cancel) (?:${its}|<p>'s) (?:[\w']+ ){0,2}(?:reset|request)\b`,
        raw`\b${password} (?:(?:of|for) <p> )?(?:at <c> )?(?:stays|remains|can stay|is (?:fine|ok|okay|good|correct|not affected|unchanged))\b(?!.*\breset)`,
        raw`^(?!.*\breset)(?:.|\n)*\b${password} (?:(?:for|of) ${person} )?(?:works|worked|is working)\b(?! (?:on|for|with|only|in))`,
        raw`\b(?:keep|leave) (?:${its} |<p>'s )?(?:[\w']+ )?${password}\b(?!.*\breset)`,
        raw`\bno (?:need(?! (?:for|of) (?:an? |the )?(?:mfa|2fa|unlock))|longer (?:needs?|wants?|requires?|required|needed|necessary|relevant)|password reset|reset)\b`,
        raw`\b(?:withdrawn|withdrew|not to be (?:reset|changed)|not resetting)\b`,
        raw`\bnothing to do\b|\bnot (?:needed|necessary|required|the password|be reset|reset)\b`,
        raw`\b(?:be careful|beware|impost[eo]r|impersonat\w+|fraud\w*|social engineering|hold off|(?<!\b(?:is|gets|being) )refused|undone?|claimed to be|never ?mind(?! (?:the|about|his|her))|forget it|was a mistake|has been cancell?ed|is cancell?ed|say no|refuse|scam|(?:that'?s|thats|it'?s|is) spam|just logging|(?<!(?:access|login|logon|permission) )denied|(?:is|looks?|seems?|sounds?)(?: like)? (?:suspicious|phishing)|(?:suspicious|phishing)(?: (?:request|call|caller|attempt))?$|(?:suspicious|phishing) (?:\w+ )?(?:request|call|caller|attempt)|(?:do not|don'?t) act)\b|\b(?:reset|request)\b[^.!?\n]{0,30}\bcancell?ed\b|\bdo anything\b|\bnever expires?\b|(?<!<p> )\bcan wait\b|\bput a note\b|\bhad (?:her|his|their) ${password} reset\b`,
        raw`\b(?:reset|password|needed|required|approved|confirmed|authori[sz]ed)\b[^:?\n]{0,20}[:?] ?(?:no|none|false|0|denied|rejected) ?(?:[,;.|\n]|$)|\bdry ?run: ?(?:true|yes|1)\b|\bstatus: ?(?:closed|resolved|done|completed?|cancell?ed|on hold|rejected)\b`,
        raw`\bbut (?:i|we) (?:won'?t|will not|didn'?t|refused?|can'?t)\b|[-:,] ?(?:declined|rejected|denied|refused)(?: by\b|\W*$)|\b(?:told|said|say|says|answered) (?:him |her |them |it )?(?:no\b|not )|\b(?:don'?t|do not|never) touch (?:<p>'s|${its}) ${password}|^not yet\b|[,.?-] (?:no|don'?t|stop)[.!]?$|\b(?:haha|lol|jk) no\b|\b(?:template|sample)\b ?:|\bwould ask\b|\bbut (?:don'?t|it'?s not|not)\b|\bplease wait\b`,
        raw`\b(?:put|place|keep|leave)\b.*\bon hold\b|\bfor now\b|\b(?:wasn'?t|isn'?t) needed\b|\bno,? don'?t\b`,
        raw`\b(?:except|anyone but|everyone but)\b|\bwithout asking\b|\bnot an? (?:\w+ )?(?:request|order)\b|[-:,(] ?on hold\b|\bdon'?t$|\bnever forgot\b`,
      ]),
    ],
    [
      'question',
      anyOf([
        raw`\b(?:is|was|did|does|has) my ${password}\b[^.!\n]*\?|\bthe reset\b[^.!?\n]* failed\b`,
        raw`\bhas <p>[^.!\n]*\?`,
        raw`^(?:\W*(?:hi|hello|hey|so|and|btw)\W+)*(?:do (?:i|we|they|users?|people|customers?|passwords?|admins?)|may (?:i|we) reset|is (?:an?|the) (?:\w+ )?(?:reset|password)|how(?! about)|how's|what(?! about| <p>|:| (?:i|we|he|she) needs?)|what's|why(?! wait| not)|when(?! you| u| possible| convenient|:)|where(?!:)|who(?!:)|who's|whose|which(?! \w+:)|did|does|do you(?! (?:think you|mind))|was|were|has|have you|should(?! be)|shall|am i|are we|are you|is it|is this|is resetting|is <p>'s|how about(?! an?| you| we| resetting)|whether)\b(?!.*\b(?:forgot|locked out|can'?t log)| possible| it possible| there any)`,
        raw`(?<!\b(?:that|this|it) )\b(?:is|was) <p> (?:at|the)\b|\bcould <p> have\b|\b(?:asks|question) about\b`,
        raw`\b(?:advise|tell me) whether\b|^(?:\W*)what'?s\b`,
        raw`\b(?:would like|wants|want) to know\b`,
        raw`\b(?:how|where|why) (?:to|(?:he|she|they|one|you|${person}) (?:can|could|may|should|must))(?: (?:best|safely))? (?:reset|change|renew|choose|set)\b|\b(?:how|why|when) (?:her|his|their|the|<p>'s) ${password} (?:was|is|has|got)\b`,
        raw`(?:^|[,.!:;\n] ?)(?:(?:what|why|how) (?:does|do|did|is|was|are|were)|(?:does|did|is|was|has) (?:he|she))\b[^.!\n]*\?`,
        raw`^would (?!you\b|u\b|it be\b|.*\bbe (?:possible|ok|okay|fine)\b)|\b(?:check|see|find out|look up) (?:if|whether|when)\b`,
        raw`\breset passwords\?|\bor not\?|\bany idea how\b|\bi wonder\b|\bexplain\b|\bapproved for <p>\?`,
      ]),
    ],
    [
      'not-understood',
      anyOf([
        raw`(?<!(?:can|could|would|will|cud|can't|couldn't|may|must|should|please|pls|that|if|if possible|hi|hey|hello|dear|@|＠|to|fyi|thanks|forgot to|:|\n),? ?)(?<!\w)(?:i|we|you|u|they|he|she|who|already|have|has|had|been|(?<!\b(?:at|@|from|in) )<p>(?! at <c>,)|someone|somebody|i've|we've)(?: just| already| almost| have| 've| also)* reset (?:hers\b|his\b|her password|his password|<p>|the\b|password)`,
        raw`\bi asked you to\b|\blast time you\b|\b(?:was|were|been|got|having) (?:already |just )?(?:a )?(?:reset|changed|renewed)\b`,
        raw`\b(?:i'?ll|i will|will|going to|i'?m|we'?re|was going to|were supposed to|should have|could have|would have|i'?d have|wanted to|tried to|(?<!you |if we |if i )could) (?:be )?(?:reset|resetting|have reset)\b|\b(?:(?:already|just) been|already) (?:reset|changed)\b(?! <)|^(?:please )?before resetting|\b(?:when|whether) to reset\b|\breset ${person} myself|\b(?:was|were) (?:going|about|planning) to\b|\breset(?:ting)? (?:user |other |their |people's |others' )?passwords\b(?! (?:for|of) <p>)`,
        raw`\b(?:(?:says?|types?|writes?|something like|such as)[:,]? ['"]|words were:?) ?(?:(?:just|please|pls) )?(?:reset|new ${password})\b`,
        raw`\bno passwords\b|\b${password} (?:at <c> )?expires (?:on|in|next|tomorrow|soon)\b`,
        raw`\b(?:reset|password) (?:bot|tool|page|site|screen|link|instructions|policy|report|failed|counter|history|log|portal|volumes?|stats|statistics|numbers|figures|stuff|questions?)\b`,
        raw`\b(?:schedule|enable|disable|prepare|delete|remove|create|redo|repeat|info on|thanks for)\b.*\breset`,
        raw`\breset\w*\b.*\b(?:(?<!at )once(?! more| again)|unless|in case|when <p>|after <p>|until|only (?:if|after|once|when)|if <p>)\b`,
        raw`(?<!\bsure )\b(?:if|once|when) (?:<p>|(?:anyone|someone|he|she|they)\b).*\breset`,
        raw`^(?:in case|(?:tomorrow|tonight|later|next (?:week|month|\w+day)|in (?:an|\d+) \w+)(?: \w+)?,? (?:please |we )?(?:reset|${person} (?:needs|wants)))\b`,
        raw`\breset\w*\b.*\b(?:as soon as (?!(?:possible|you|u|he|she|they)\b)|after (?:lunch|work|hours)|tonight|when (?:i|we) (?:say|tell|give|ask))\b`,
        raw`\b(?:change|reset|choose|set|pick|resetting|changing) (?:it|(?:her|his|their|the|an?) (?:own |new )?${password})(?: at <c>)? (?:(?:her|him|them)sel(?:f|ves)|on (?:her|his|their) own)\b|\bchoose (?:her|his|their)\b`,
        raw`\b(?:ask|tell|let|remind|teach|show|instruct|advise|make sure|ensure|walk) (?:that )?${person},? (?:to |can |should |must |through )?(?:(?:reset|change|choose|pick|set|think of)s? (?:the|a|her|his|their)|a (?:password )?(?:reset|change))\b(?!.*<p>)`,
        raw`(?:${person}|he|she|they) (?:should|must|has to|have to|will|may|is going to|are going to) (?:change|choose|renew|reset) (?:her|his|their|the)\b`,
        raw`\b(?:\d+|two|three|four|five|several|many|all|list|had|about|on) (?:\w+ )?(?:password )?resets\b`,
        raw`\b(?:article|guide|manual|instructions|tutorial|documentation|video|training|course|policy|wiki)\b(?:[^.!?\n]{0,20})\b(?:passwords?|resets?|resetting|changing)\b`,
        raw`\b(?:thanks?|thx|kudos|(?:great|good|nice) (?:job|work))(?: (?:you|u|again|so much|a lot|very much|team|all))* (?:for|on) (?:${its} |your |<p>'s )?(?:\w+ |<p> )?(?:reset|resetting)\b`,
        raw`\b(?:happy|pleased|satisfied|annoyed|complain\w*)(?: \w+)? (?:with|about)\b[^.!?\n]{0,30}\b(?:reset|password)|\b(?:is|are|'s|got|was) (?:back|logged|signed) in with\b|\breset your\b|\byour (?:own )?${password}\b`,
        raw`\breset (?:(?:for|of) ${person} )?(?:at <c> )?(?:went|took|worked|helped|did|came|arrived|solved|fixed)\b`,
        raw`\bgot (?:a|his|her|their|the) (?:\w+ )?reset\b(?! (?:for|request|from))|^(?:please )?closed?\b|\b(?:took|taken) care of\b|\bwill call about\b`,
        raw`${person} (?:has|have|had|already|just) (?:already |just )?(?:reset|changed) (?:her|his|their|the) |${person} (?:reset|changed) (?:her|his|their|the) ${password}[^.!?\n]{0,20}\b(?:this morning|yesterday|last|ago|earlier|already|on \w+day)\b(?!.*\b(?:forgot|reset|can'?t|cannot|doesn'?t))`,
        raw`\bonly reset <p>(?: at <c>)? (?:if|after|once|when)\b|\b(?:test|example|e\.g\.)\s*:|<p> (?:says|said) "`,
        raw`^(?:let|ask|tell|have|get|told) <p>(?: at <c>)? (?:to )?reset (?!.*<p>)|\breset (?:her|his|their) own\b`,
        raw`\bwants to reset (?:her|his|their) own\b|\bto (?:[A-Z]\w*\d\S*|\S+\d!?)$`,
        raw`\bnot sure\b(?! (?:which|what|if|whether))|(?<!\w)(?<!\bis )the <p> who\b`,
        raw`\b(?:the one|person|user) (?:after|before|who|next to)\b|reset <p> next to`,
        raw`\b(?:same as(?! (?:before|last|always|usual))|like you did|instead of|rather than)\b|\bpass <p>'s new\b`,
        raw`\bpassword manager\b`,
        raw`\b(?:ask|tell|want|let|get|have) <p>(?: at <c>)? (?:to )?reset (?:the|a|her|his|their)\b(?!.*<p>)`,
        raw`<p>(?: at <c>)? (?:can|could|will|should|may|wants to) reset the\b|<p>(?: at <c>)? (?:used|uses|managed|figured|was able|is able)\b[^.!?\n]* to (?:reset|change)\b|^(?:can|could|may|will|would) ${person} (?!at |from |of |in |have|get|please|be (?:given|reset))[^.!\n]*\?|\bhad a (?:password )?reset\b`,
        raw`\bhad to (?:reset|change)\b`,
        raw`\b(?:is|are) (?:planned|scheduled)\b|\bscheduled for\b|\bdo not action\b|\bremind me\b`,
        raw`\bnew ${password} (?:works|worked|has worked|has functioned|is working)\b|\ball good\b|\bgot in with\b`,
        raw`\bfound (?:it|the (?:sticky )?note)\b`,
        raw`(?<!\b(?:needs?|wants?) (?:[\w<>']+ )?)\b(?:reset|pw|password) (?:(?:for|of) ${person} )?(?:(?:is |was )?done|failed)\b`,
        raw`\bgot (?:a|his|her|their) new ${password}|\b(?:been|was|were) (?:given|sent|issued|handed) (?:an? |the |his |her )?(?:new|temp\w*|fresh) ${password}`,
        raw`\bthe (?:new|temp(?:orary)?) ${password}\b[^.!?\n]{0,60}\b(?:was|is|does|did|doesn'?t|works?|never|hasn'?t|you sent)\b|\bnever got (?:the|his|her|their) (?:new|temp|mail|link|password)`,
        raw`\breset (?:(?:for|of) ${person} )?(?:- )?(?:completed?|resolved|successful|finished|closed)\b|\b(?:it is|it's|now) (?:solved|sorted|resolved|fixed)\b|\bjust so you know\b|\bgot (?:an? |some )?(?:\w+ ){0,4}(?:mails?|messages?|sms)\b(?!.*\b(?:please|reset (?:it|her|his|the)))`,
        raw`\bwill need a\b|\bwe'?ll have to (?:reset|change)\b|\bwill let you know\b|^waiting for\b`,
        raw`^\W*(?:done|completed|finished|solved|resolved|(?:closing|time|work) ?(?:note|entry|log)s?)\b[^.:,\n-]{0,30}[:,-]|\b(?:ticket|case|request|incident)\b.{0,80}\b(?:is|was|has been) (?:now )?(?:closed|resolved|completed|solved)\b|\b(?:is|are) (?:already |now |just |currently )?resetting\b`,
        raw`\breset (?:that )?(?:you|we|they|he|she|i) (?:did|made|ran|performed)\b|(?:[-/|(?:,]|<[pc]> is) ?(?:done|completed?|resolved|finished|closed|solved)\W*$`,
        raw`\bafter (?:he|she|they|we|i) (?:has|have|calls?)\b|^(?:as soon as (?!(?:possible|you|u)\b)|after (?:he|she|they|<p>)).*\breset|\b(?:might|may) (?:also |be |have |soon )*(?:need|ask|want)(?:ing)?\b|\breset (?:is |was )?(?:not possible|impossible|by (?:mistake|accident))\b|\b(?:when|whether|if) (?:his|her|the|their|<p>'s) ${password} (?:expires|will)\b`,
        raw`^(?:spam|duplicate|dupe|wrong (?:chat|window|channel)|ignore)\b|\bis on it\b|\b(?:i'?m|i am|we'?re) (?:taking|handling)\b|\bassigned to me\b`,
        raw`^(?:brb|bbl|afk)\b|\bthen (?:the )?passwords\b|\bpasswords (?:quarterly|monthly|weekly|yearly|regularly|every \w+)\b`,
        raw`\bfactory reset\b|\breset (?:the|a|our|that) (?:router|printer|firewall|laptop|phone|pc|iphone|ipad|switch|modem|server|device|computer|screen|tablet|tv|counter|clock)\b`,
        raw`\bsince (?:the )?(?:password )?reset\b|\bsupposed to\b|\bwas the one\b|\bdid <p> get\b`,
        raw`\b(?:look up|who is|check|show) <p>|\bsame for\b(?!.*\breset)|\bremembered\b`,
      ]),
    ],
    [
      'own-password',
      anyOf([
        raw`^(?!(?:.|\n)*(?:\b(?:this is|i am|i'm|my name is|my name's|it'?s|here is) <p>(?:.|\n)*<c>|<c>(?:.|\n)*\b(?:this is|i am|i'm|my name is|my name's|it'?s|here is) <p>|<p>,? (?:(?:from|of|at|with) )?(?:the )?<c>,? (?:here|speaking|calling)\b|<p> here,? (?:\(|(?:from|at|of) (?:the )?)<c>|(?:^|\n)(?:\d\d: ?\d\d )?<p>(?: \(?<c>\)?)?(?: \d\d: ?\d\d)? ?[:\n](?:.|\n)*|(?:^|\n)(?:\d\d: ?\d\d )?<p>: (?:.|\n)*<c>|\b(?:requester|requestor|requested by|reporter|reported by|raised by|opened by|submitted by): <p>(?:.|\n)*<c>|(?:\bfrom|\bvon|forwarded|original message|wrote|transcript|fwd?|fw): ?|(?:^|\n)> [^\n]*\bmy |\n<p>(?:\W*(?:\n|$)|,? (?:[|-] )?<c>)|\bvoice ?mail\b|\btranscript\b|\b(?:visitor|caller|customer|client|user): |"[^"]*\bmy ))(?:.|\n)*\bmy (?:own )?(?:password|pw|pwd)\b`,
        raw`\b(?:reset|forgot(?:ten)?|forget) mine\b|^mine\b|\bmy own\b[^.!?\n]{0,30}\b(?:account|login)\b|\breset my (?:own )?(?:account|login)\b|\breset me(?: please| pls| now| too)*\W*$`,
      ]),
    ],
    [
      'missing-user',
      anyOf([
        raw`\b(?:his|her|a|my) (?:boss|colleague|manager|user|friend|wife|husband) (?:forgot|is|needs|has|can'?t|who)\b(?!.*(?:reset|, ).{0,25}<p>)`,
        raw`\b(?:someone|somebody|a colleague|a user) (?:forgot|is|needs|has|who|can'?t)\b(?!.*(?:reset|, ).{0,25}<p>)`,
        raw`\b(?:for|of|about|behalf of) (?:his|her|a|their|my) (?:boss|colleague|manager|user|friend)\b(?! <p>)`,
        raw`'s (?:laptop|computer|pc|phone|ipad|iphone|tablet|mailbox|calendar|teams|everything|husband|wife|replacement$|sister|brother|mother|(?:admin|second|test|other|old) account)\b(?! is (?:fine|ok|okay|good))`,
        raw`^(?!(?:.|\n)*<p>(?: (?:at|from|of) <c>)? (?:forgot|needs|can'?t|cannot|is locked|has forgotten))(?:.|\n)*\b(?:(?:that|this|her|his) (?:other )?(?:person|customer|company|place)|the (?:other )?person)\b(?! <)(?! is)`,
        raw`\bnot the <c> one\b(?!(?:.|\n)*<p>)`,
      ]),
    ],
  ],
  hypothetical: anyOf([
    raw`^(?:this is )?(?:[\w']+ ){0,2}(?:demo|test|practi[sc]e|training|exercise|example|drill)\b ?[:,-]|\b(?:for|as|during|only|just) (?:an? |the |our |some )?(?:demo|practi[sc]e|training|exercise|drill|dry run)\b|\btraining we\b|\bhow (?:you|we|one|i) (?:reset|change)\b|\b(?:just|only) (?:a )?test(?:ing)?\b|\b(?:do not|don'?t) run\b|\b(?:e\.g|for example|for instance)\b|\bexamples? of (?:an? )?(?:good|bad|\w+ )?(?:request|order|sentence|one)\b|\bnew starters?:`,
    raw`\b(?:imagine|suppose(?!d)|pretend\w*|exercise|kidding|joking|hypothetical\w*)\b|\bslides?\b|[<[{] ?(?:user|name|person|customer|company) ?[>\]}]`,
  ]),
  putOff: anyOf([
    raw`\bonly reset\b[^.!?\n]* with (?:\S+ ){0,3}${consent}\b`,
    raw`${opening}(?:${later}[, ]*)+(?:${order}|(?:i|we) (?:need|want|require)\b)`,
    raw`${opening}${condition}(?=[ ,])[^.!?\n]*?${order}`,
    raw`(?<!\b(?:was|were|been|got|last|previous|the) )(?:\b(?:reset|new (?:temp\w* )?${password})|\bhave to (?:do|change) <p>'s ${password})\b(?:(?!\b${tells}\b)[^.!?\n])*\b(?:${later}|${condition}(?! (?:he|she|they) (?:still|forgot|can'?t|cannot|tries|tried|logs?|signs?)))(?= |$|\W)`,
  ]),
  deadline:
    /(?<!\b(?:not|call|ring|but|and|wait)\b[^.,;!?\n]{0,12})\bbefore (?:(?:the|his|her|their|a|an) )?(?:[\w']+ ){0,3}(?:meeting|call|presentation|interview|lunch|weekend|noon|end|deadline|flight|shift|board|\d\S*)(?: (?:at|on|of|starts?|begins?)? ?[\w:']+){0,2}/g,
  orders:
    /^\W*(?:(?:so|and|but|no|now|then|today|instead|please|pls|plz|kindly|only|just|go ahead|can you|could you|the|his|her|a|new)\b,? )*(?:reset|password|pw)\b[^.!?\n]*<p>/,
  bareAsk:
    /^(?:so |and |but )?(?:please |pls |plz |kindly |now |(?:can|could|would) you )*(?:reset|change)(?: it)?(?: please| pls| now| asap)*\W*$/,
  clauseBreak:
    /(?<=[.!?]) |(?<=\n)|, only (?=(?:the |his |her |their )?password)|(?<!\b(?:if|once|when|in case|after|until|unless|should|as soon as)\b[^.!?\n]{0,80})[,;-] (?=(?:so |and |but |now |today |just |instead |no,? )*(?:please|pls|plz|kindly|(?:can|could|would) you|go ahead|reset|give|let's|now)\b)/,
  asks: anyOf([
    raw`${clause}(?:res+[er]t|re-?set|rest|rst|regenerate|renew|recover|redo|change|refresh|update|replace)(?:ting|pw|pwd|password)?\b`,
    raw`\b(?:resetting|changing|renewing)\b|\bgo ahead with\b|(?<!\b(?:didn'?t|did not|don'?t|not|never) )\bdo (?:it|this|that)\b|\bplease action\b|\b(?:can|to|must|should|shall) be (?:reset|renewed)\b|\bmake new the ${secret}|\bsort (?:it|this|her|him|them)\b|\b(?:do|perform|proceed with|continue with|carry out|execute|start|initiate|run|trigger|needs?|approve[sd]?|okayed) the (?:${kindOf} )*${renewal}\b|\bhave (?:the|his|her|their|a) ${secret} ${renewal}|\bneeds? the (?:new|temp\w*|fresh) ${secret}\b|\bone please\b|\b(?:new|fresh|another) one\b`,
    raw`\b${needs} (?:(?!the )[\w'<>/-]+ ){0,3}?(?:${own} )?(?:${kindOf} )*(?:${secret}|${renewal})`,
    raw`\b(?:for|with|about|due|is|on|it's|up) (?:an?|another|new|his|her|their|<p>'s) (?:${kindOf} )*(?:${secret}|${renewal})`,
    raw`${clause}(?:${own} )?(?:${kindOf} )*${secret} ?(?:reset|ressets?|rest|rst|rset|change|renewal)\b`,
    raw`${clause}(?:${own} )?(?:${kindOf} )+${secret}\b|\b(?:only|just|really) (?:the |his |her |their )?(?:${kindOf} )*${secret}\b(?= (?:for|of) <p>|,? (?:please|pls)|: <p>)`,
    raw`${clause}(?:the )?${secret}(?:,? (?:please|pls|now|thanks|thx|asap|as usual|again))* ?(?:$|[^\w\s'] ?|\n|for <p>|of <p>)`,
    raw`\b(?:password|pw|pwd|login|hers|his|it|account) (?:[\w'<>]+ ){1,7}?(?:reset|changed|renewed|redone|resetting)\b|\bno password\b`,
  ]),
  lacks: anyOf([
    raw`^(?!(?:.|\n)*\b(?:last (?:week|month|year)|times in)\b)(?:.|\n)*\b(?:forgot|forgotten|forgets|forget|lost|lapsed|expired|mislaid|misplaced|locked|lockout|rejected|unable|gone|accepted|invalid|wrong|fails?|failed|failing|stopped|compromised|hacked|leaked|stolen|kaput|no (?:clue|idea) what|no longer works)\b`,
    raw`\b(?:can'?t|cannot|couldn'?t|does ?n[o']?t|won'?t) (?:seem to |even )?(?:remember|recall|know|log|sign|get|access|open|use|login|work|find (?:his|her))\b`,
  ]),
  reset: anyOf([
    raw`\b(?:(?:(?:password|pw)?reset(?:pw|pwd|password)?|resets|reseting|resetting|rest|rst|re-?set|p[aswodr0]{4,9}|renew|recover)|${password}|locked(?! out of (?!(?:\w+ ){0,2}(?:(?:${secret}s?|users?)|[om]365|office|teams|outlook|system)))|lockout|forgot(?:ten)?(?! (?:to|about|${its})\b))\b`,
  ]),
  spokenOf: words('him her them'),
  confirms: words('approved confirmed verified accepted done ok okay'),
  ticketWords: words(`
    ticket tickets case incident inc ref reference task call request issue sr
  `),
  ticketFillers: words(`
    no number id nr is
  `),
  negates: anyOf([
    raw`\b(?:not|no|never|without|haven't|havent|hasn't|hasnt|didn't|couldn't|can't|cannot|wasn't|isn't|won't|(?:should|could|would|must|will) have|yet to|to be|will be|must be|pending|before|until|if|once|unless|please|should be)\b[^.!?\n]{0,24}$`,
  ]),
  labels: [
    ['recipient', /^(?:to|cc|bcc|an|para|kopie)$/],
    [
      'sender',
      /^(?:from|sender|von|de)$|(?:^| )(?:request[eo]r|reporter|(?:requested|reported|raised|opened|created|submitted|logged|sent) by)$/,
    ],
    ['subject', /^(?:caller|(?:on )?behalf of)$/],
    [
      'aside',
      /^(?:created|sent|gesendet|date|datum|phone|tel|mobile|callback|authori[sz]ed|approval|ticket|id|ref|reference|priority|status)$|(?:^| )(?:approver|approval|by|manager|supervisor|lead|assigned to|assignee|technician|engineer|agent|owner)$/,
    ],
    [
      'customer',
      /^account name$|(?:^| )(?:customer|cust|c|company|client|tenant|organi[sz]ation|org|domain|acct|employer|site|where|location|at)(?: name)?$/,
    ],
    [
      'user',
      /^(?:who|u)$|(?:^|[ -])(?:user|user ?name|user ?id|upn|employee|account|login|user principal name|user email|target|for|person|customer contact|staff member|colleague)$/,
    ],
    ['contact', /(?:^| )(?:name|contact|e-?mail(?: address)?)$/],
    [
      'text',
      /^(?:subject|summary|description|request|action|issue|title|task|details|message|betreff|objet|asunto|category|type|short description|problem|note|notes|what)$/,
    ],
  ] satisfies readonly (readonly [Label, RegExp])[],
  senderLine: /\n[ >]*(?:from|von|de): /,
  senderBefore: /\b(?:request[eo]r|(?:opened|raised|logged|submitted) by) $/,
  speaksBefore: /\b(?:this is|contact|caller|it'?s|i am|i'm|my name is|from)[: ]*$/,
  handsOver:
    /^(?!(?:.|\n)*\b(?:done|already|told|closed|sorted|ignore|no|not|who)\b)(?:.|\n)*\b(?:(?:please|pls|plz|kindly|can you|could you) (?:handle|action|process|do|sort|help|reset|resolve|look (?:after|into))|take care of|deal with|(?:handle|action|do|process) (?:this|the below|below))\b/,
  takesBack:
    /\b(?:it'?s|it is|this is|that'?s|that is|(?:the |his |her )?(?:correct |right )?(?:name|user|person|one)(?:'s| is)|(?:i )?(?:mean|meant)|sorry|apologies|pardon|oops|whoops|actually|correction|rather|(?:make|scratch|strike|forget) (?:that|it|him|her)|(?:(?:change|switch|correct|give|send) (?:that |it )?to)|(?:replace|confused|mixed)(?: \w+){0,3}? with|me|should (?:be|have been|read|say)|supposed to be|to be|wait|edit|instead|no|nope|er|erm|wrong(?: (?:one|name|person|user))?|not (?:him|her|them|that one|that)|my (?:bad|mistake|fault)|mistake|typo|hm+|uh+m*|um+|better|but|means|(?:please|pls) (?:do|take)|about|called|for)[^\p{L}\p{N}<>]*(?:(?:the|for|of|a|an|named|called|about|mr|mrs|ms|user|customer|our|really|actually|just|reset) )*[@＠"(]? ?$/u,
  introduces:
    /^(?: from (?!<c>)[\w ]{1,20})?,?(?: (?:from|at|of) <c>,?)? (?:here|speaking|calling|on the (?:line|phone)|who(?:'s| is) (?:calling|asking))\b/,
  ownNeed:
    /\b(?:my (?:\w+ )?(?:password|pw|pwd|login|account)|i (?:forgot|cannot|can'?t|need)|i'?(?:m| am|ve| have) (?:been )?locked|reset mine|me a new|i (?:don'?t|do not) (?:know|remember))\b/,
  ownPassword:
    /\bself\b|\bmy (?:own )?(?:password|pw|pwd|login|account)\b|\bi'?(?:m| am|ve| have) (?:been )?locked|\breset mine\b/,
  form: {
    user: 'user',
    labelled: /^[\w /]{2,40}[:?] ?\S/,
    column:
      /^(?:client|customer|company|contact|user|name|employee|type|phone|subject|request|site|e-?mail|ticket|priority|issue|category)(?= +[^:=\s])/i,
    nested: /"([\w -]{1,40})"\s*:\s*\{\s*"(?:name|display ?name|full ?name|e?mail|upn)"\s*:/gi,
    firstName:
      /(?<![\w])(?:first|given|fore) ?name(?: ?[:=]| is) ?([\p{L}'-]+(?: [\p{L}'-]+)??)(?: ?[,;|/]|(?=\n|$)|(?= [\w ]{2,20}[:=])| and\b)/giu,
    lastName:
      /(?<![\w])(?:last|family|sur) ?name(?: ?[:=]| is) ?([\p{L}'-]+(?: [\p{L}'-]+){0,3}?)(?: ?[,;|/]|(?=\n|$)|(?= [\w ]{2,20}[:=])| and\b)/giu,
    questions: [
      ['reset for', /^whose (?:password|pw|account)[^?\n]{0,20}\? ?(?=\S)/i],
      ['reset for', /^who (?:needs?|is|wants)[^?\n]{0,20}\breset[^?\n]{0,20}\? ?(?=\S)/i],
      [
        'user',
        /^(?:who (?:needs?|is|wants)[^?\n]{0,40}|(?:which|what) (?:user|person|employee)[^?\n:]{0,30}|who)\? ?(?=\S)/i,
      ],
      [
        'customer',
        /^(?:(?:at |for )?(?:which|what) (?:customer|company|client|tenant)[^?\n:]{0,30}|where[^?\n]{0,20})\? ?(?=\S)/i,
      ],
      ['request', /^(?:what|which|how|why|when|is|are|do|does|urgent)\b[^?\n]{0,60}\? ?(?=\S)(?!no\b|none\b|false\b)/i],
    ],
  },
  spelling: {
    signs: [
      [/ (?:full stop|period|question mark|exclamation (?:mark|point))\b/gi, '.'],
      [/ comma\b/gi, ','],
      [/(?:^| )new (?:line|paragraph) ?/gi, '\n'],
    ],
    dot: /(?<=\w) dot (?=\w)/gi,
    domainWithDot: /\w dot (?:com|net|org|example|co|uk|de|eu|io)\b/i,
    double: 'double',
    leadIn: raw`,? ?(?:that'?s|that is|spelled|spelt|i spell|spelling)[:,]? `,
    asIn: 'as in|for|like',
    remark: /,? ?\bwith (?:(?:an?|one|two|double) )?((?:[a-z](?![\w'])(?: (?=[a-z]\b))?){1,3})/gi,
  },
  commands: {
    ownName: /^@ ?locksmith\b[\s,:]*(?=\S)/i,
    courtesy: words(`
    hi hello hey hiya heya yo howdy morning afternoon evening greetings good day hullo helo hallo thanks
    thank thx ty tnx thankyou cheers ta there all team everyone folks guys mate bot locksmith buddy please
    pls plz plss pleas plese kindly just quickly urgent urgently asap ok okay so then well also now and
    sorry btw fyi again
  `),
    greeting: /^(?:(?:(?:hi|hello|hey)(?: there)? )?how are you(?: today)?|(?:hi|hello|hey) nice to meet you)$/,
    thanks:
      /^(?:(?:hi|hello|hey|ok|okay|great|perfect|super|awesome|brilliant|lovely|nice|cool|good|excellent|many|got it|works|it works|that works|that worked|all|done|and|so) )*(?:thanks|thank|thx|ty|tnx|thankyou|cheers|ta)(?: (?:you|u|so|very|much|a|lot|bunch|million|again|for|your|the|that|this|help|all|everyone|everybody|team|mate|bot|locksmith|buddy|guys|man|indeed|works|it|worked|done|great|perfect))*$/,
    help: /^(?:h[el]{2}p(?: me)?|hepl|i need help|need help|commands|command list|usage|menu|start|get started|info|what (?:can|do) you do|what can i (?:do|type|say)|how (?:does this|does it|do you) work|how do i use (?:this|you)|who are you|what are you|how to use|how can you help|can you help(?: me)?|manual|instructions|options|examples)$/,
    status:
      /^(?:the status|(?:show|get)(?: me)?(?: the)? status|status|what(?:'?s| is)? the status|bot status|status (?:update|report)|my status|status of my requests|(?:show )?(?:my )?open (?:requests|resets))$/,
    cancel:
      /^(?:stop(?: it| that)?|no stop|abort|never ?mind|forget (?:it|that)|undo|canel|cancel(?: (?:the|my|this|that|it|request|reset|password|pw|pwd|for|of|one|last|current|pending|open|ref|reference|id|no|number|everything|all))*(?: [\w-]{3,64}| [cdfghjkmnp-rtwxy3479]{4} [cdfghjkmnp-rtwxy3479]{4})?|cancel .*\b(?:reset|password|pw|request)\b.*)$/,
    cancelFillers: words(`
    the my this that it request reset password pw pwd for of one last current pending open ref reference id
    no number everything all
  `),
    history:
      /^(?:(?:show|me|the|get|give|list|view|see|my|reset|password|audit|full|recent|can|i|you|display|print) )*history/,
    historyFillers: words(`
    of for on about with from at user customer the reset resets
  `),
    confirm: /^(?:confirm|confirmed|confirming)$/,
    confirmFillers: words(`
    i i've we we've have has was were been he she they the user caller it this that by with via for reset password
    verified verification ticket tickets case incident ref reference number id
  `),
    freeze: /^freeze$/,
    thaw: /^(?:thaw|unfreeze|un-freeze)$/,
    notFrozen: /\b(?:account|mailbox|user|licence|license|phone|screen)$/,
    everything:
      /^(?:(?:the|password|passwords|resets?|for|at|of|customers?|tenants|now|it|them) )*(?:all|every|everything|everyone|everybody)\b/,
    everythingFirst: /^every(?:thing|one|body)\b(?! (?:at|for|of)\b)|^every customer$|^all(?: customers| resets)?$/,
    freezeFillers: words(`
    please pls plz kindly thanks thank you the them password passwords reset resets for at of customer
    customers tenants now it immediately asap all every everything everyone everybody
  `),
    pleads: words(`
    please pls plz plss pleas plese kindly
  `),
  },
};
