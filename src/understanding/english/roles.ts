import type { RoleVocabulary } from '../vocabulary-shape.ts';

const raw = String.raw;
const oneOf = (patterns: readonly string[]): string => patterns.join('|');
const anyOf = (patterns: readonly string[]): RegExp => new RegExp(oneOf(patterns));

const password = raw`(?:passwords?|pwd?|pass|passwd|passw|passcode|p/w|credentials|creds|login|logon|sign-?in)`;
/** What is reset, in any spelling. */
const secret = raw`(?:p[aswodr0]{4,9}s?|${password}|account|access)`;
const article = '(?:(?:the|our|her|his|my|their|mr|mrs|ms|@) )';
/** What a person's name follows whose password is asked for. */
const asksFor = [
  raw`\b${password}(?: reset| change)?(?: please| pls)? (?:for|of|4)`,
  raw`\b(?:reset|resetting|rst)(?: (?:the|an?))?(?: (?:account|user|login|${password}))?(?: (?:for|of))?`,
  raw`\b(?:new|temp|temporary|fresh) ${password} for|(?<!\b(?:the|his|her|their) )\b(?:new|temp|temporary|fresh) ${password} to|\b${password} (?:belonging to|that belongs to)`,
  raw`\b(?:reset(?: request)? for|(?:reset|password) request (?:of|from))|\btarget|\baffected user(?: is)?|\buser|\b(?:user|person|employee)(?: concerned| affected)? is|\b(?:call(?:s|ed|ing)?|rang|wrote|mail(?:ed)?|asks|asked|call from [^.!?\n]{0,40}) (?:<p> |<c> |us |me |in )*(?:about|regarding|concerning)`,
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
const kindOf = raw`(?:new|fresh|temp|temporary|another|different|quick|urgent|own|old|current|user|office|id|365|o365|m365|microsoft|ms|entra|azure|ad|email|e-mail|mail|outlook|windows|teams|work|account|login|domain|damn|forgotten|lost|starter|initial|first|working|brand|single|simple|<c>|<p>'s)`;

/** What stands beside a name and tells the part that it plays. */
export const roles: RoleVocabulary = {
  targetBefore: new RegExp(raw`(?:${oneOf(asksFor)})(?: (?:${between}))* (?:[@＠] ?)?$`),
  targetAfter: anyOf([
    raw`^ (?:a|an|another) (?:${kindOf} )*${secret}\b(?! (?:for|of) <p>)|^(?: (?:at|from|of|in) <c>)? is the (?:user|person|one)\b`,
    raw`^'s (?:(?:new|old|current|own|account|user|login|office|365|o365|m365|microsoft|entra|azure|ad|email|work|<c>|damn|the) )*(?:${password}|reset|account)\b(?! (?:work(?:s|ed)|went|is (?:fine|ok|done)|was))`,
    raw`^(?: \([^)]*\))?(?:,? (?:at|from|of|in|@|with|over at|-)? ?(?:the |our )?<c>(?:'s)?)?(?: (?:in|on|from|at) (?:the |our |his |her )?[a-z]+)?(?: (?:is |was )?(?:on the (?:phone|line)|on hold|here))?(?:,? who(?: (?!said|asked|called|wants|told)\w+){1,5})?,? (?!${oneOf(speaksOf)}|to reset|the new\b|(?:can|could|will|should) reset)(?:(?!and |to |on |in )[\w'/]+ ){0,3}(?:${oneOf(lacksPassword)})`,
  ]),
  copiedBefore: /\bcc $/,
  asideBefore: anyOf([
    raw`(?<!(?:for|of) <p>)'s (?:line )?(?:manager|boss|supervisor|lead),? \(?$`,
    raw`\b(?:thanks|thank you|thx|cheers)\b[^.!?\n<]{0,40} $|\b(?:are|were) not $`,
    raw`(?:\b(?:per|via|by|there(?:'s| is) (?:also )?(?:another|a second|one more)|thanks|thank|thx|ty|cheers|hi|hey|hello|dear|according to|i am|i'm|my name is|me|(?:his|her|their|the) (?:line )?(?:supervisor|boss|lead|colleague|assistant|secretary|director|deputy|mentor)|(?<!(?:my|our) )manager(?: is)?,?|approver|verified by|authori[sz]ed(?: by)?:?|requested via|signed|usual contact|wife|sits next to|formerly|replacing|replaced|(?:we|i|already) (?:did|done|handled|fixed|sorted)|touch|touching|don't (?:do|call|ring|ask|mail|email|contact)|forget|fyi|wrong|covering for|(?<!(?:my|our) )boss) ${article}*|\((?:via |by |spoke w ?/ ))$`,
  ]),
  addresseeBefore: anyOf([
    raw`(?:\b(?:tell|tells|told|asked|notify|inform|let|(?:^|and|&|please|pls|,|then|to|-) (?:email|mail|call|text)|call|text|ring|phone|message|ping|update|spoke (?:to|with|w ?/)|this is|it's|it to|to|give|send|so that|says|when done|keep|(?<!the one )with|w/|reach|through|can|mailed|emailed|texted|messaged|for (?=.*\bfor <p>)) ${article}*|[@＠] ?)$`,
  ]),
  besideBefore: /\b(?:with|near|beside|next to|by|from|(?<!behalf )of) (?:the |our |her |his )?$/,
  subjectBefore: anyOf([
    raw`\b(?:left|phoned in|called in)(?: [\w: ]{0,12})? by $|\b(?:have|got|(?<!to )get|verified|from|(?:caller|callback|contact|manager)(?: is)?) (?:mr |mrs |ms )?$`,
  ]),
  asideBeforeAddress: anyOf([raw`\b(?:cc|bcc|cc:|from|contact|personal mail|on \w+day)[: (<]*$`]),
  asideAfter: anyOf([
    raw`^\)?(?: \([^)]*\)| from <c>| at <c>| of <c>| (?:from|at|in|of|on) (?:the |our )?[a-z]+(?: at <c>)?)?(?:,)? (?:called|requested|rang|phoned|(?:says|said)(?! the \w+\b)|asked(?! ?\?)|asks|wants(?! (?:it|one|that)[.!]?(?: |$))|wanted|would like|needs <p>|need <p>|needs(?! (?:it|one|that|the reset)\b)|wrote|writes|here\b|speaking|told|reported|reports|approved(?! by)|okayed|signed|ok'd|is shouting|shouting|keeps|keep|forwarded|opened|is cc|is waiting|waiting|waits|picks|said so|is on|on holiday|on the (?:line|phone)|is asking|can't reach|thinks|forgot <p>|is covering|verified|has(?! (?:the|to|a|forgotten|lost|no|problems?)\b)|get <p>|is done|sorted|know\b|when done|agrees|is (?:her|his|their)(?! (?:\w+ )?name)|is fine|with <p>)`,
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
    raw`(?:\n|[.!]) ?<p>(?: [|,-] [a-z ]+)* [|-] <c>$|(?<=<p>[^]*[.!?] ?)\n<p> ?\(<c>\)$|\n<p> ?\n[a-z ]+ [|,-] <c>(?: [|,-][^\n<]*)?$|(?<=[.!?)] ?\n)<p> ?(?:\n(?!>)[^\n.!?:]{0,40}){0,4}$|\n ?-- ?\n|\n ?- ?- ?\n`,
    raw`(?:^|[.,!\n ] ?)(?:(?:kind |best |warm |many )?(?:regards|rgds|thanks(?: in advance| a lot| again)?|thank you(?: in advance| very much)?|thx|ty|cheers|best|br|merci|danke|gracias|grazie|cordialement|saludos|sincerely|greetings|yours|yours (?:faithfully|sincerely|truly)|mit freundlichen gr\S+|sent from my \w+)),? *(?:\n(?! ?>)|$|<p>|[a-z]+ <p>)`,
  ]),
  senderLine: /\n[ >]*(?:from|von|de): /,
  senderBefore: /\b(?:request[eo]r|(?:opened|raised|logged|submitted) by) $/,
  speaksBefore: /\b(?:this is|contact|caller|it'?s|i am|i'm|my name is|from)[: ]*$/,
  introduces:
    /^(?: from (?!<c>)[\w ]{1,20})?,?(?: (?:from|at|of) <c>,?)? (?:here|speaking|calling|on the (?:line|phone)|who(?:'s| is) (?:calling|asking))\b/,
  ownPassword:
    /\bself\b|\bmy (?:own )?(?:password|pw|pwd|login|account)\b|\bi'?(?:m| am|ve| have) (?:been )?locked|\breset mine\b/,
  placeOf: anyOf([raw`^(?:'s)? ?[,(]? ?(?:from|at|of|in|@)? ?(?:the )?$`]),
};
