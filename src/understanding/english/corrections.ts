import type { CorrectionVocabulary } from '../vocabulary-shape.ts';

/** By which a name takes the place of another, or is ruled out. */
export const corrections: CorrectionVocabulary = {
  takesBack:
    /\b(?:it'?s|it is|this is|that'?s|that is|(?:the |his |her )?(?:correct |right )?(?:name|user|person|one)(?:'s| is)|(?:i )?(?:mean|meant)|sorry|apologies|pardon|oops|whoops|actually|correction|rather|(?:make|scratch|strike|forget) (?:that|it|him|her)|(?:(?:change|switch|correct|give|send) (?:that |it )?to)|(?:replace|confused|mixed)(?: \w+){0,3}? with|me|should (?:be|have been|read|say)|supposed to be|to be|wait|edit|instead|no|nope|er|erm|wrong(?: (?:one|name|person|user))?|not (?:him|her|them|that one|that)|my (?:bad|mistake|fault)|mistake|typo|hm+|uh+m*|um+|better|but|means|(?:please|pls) (?:do|take)|about|called|for)[^\p{L}\p{N}<>]*(?:(?:the|for|of|a|an|named|called|about|mr|mrs|ms|user|customer|our|really|actually|just|reset) )*[@＠"(]? ?$/u,
  corrects:
    /(?:\b(?:sorry|i mean|i meant|actually|wait|hang on|hold on|or rather|rather|oops|whoops|(?:scratch|strike|forget) that|make that|edit|correction|wrong (?:one|name|person|user|window|chat|company|customer)|my (?:bad|mistake)|typo|apologies|should (?:be|have been|read)|not (?:him|her|them))\b[ ,:;.!()-]*(?:(?:it'?s|it is|it was|that'?s|reset|for|at|from|in|no|the|<p>|i mean|i meant|actually|user|name is)[ ,:]+)*|\b(?:er|erm|no),? (?:it'?s |it is |at |from |in |i mean |i meant )?|[ \n]\* ?)$/,
  correctsPerson: /\b(?:not|wrong) <p>[ ,:;.!()-]*$/,
  correctsAfter:
    /^(?: (?:at|from|in|of) <c>)?,? (?:i mean|i meant|rather|is the one|is meant|i should say|who needs (?:it|the reset|a new|a reset|the new)|(?:is|was) the right)\b/,
  correctedAfter:
    /^(?:[^\p{L}\p{N}<']*$| ?[^\p{L}\p{N}<' ]| (?:at|from|in|of|@) <c>| (?:please|pls|instead|i mean|i meant|needs|who|is the one|is meant)\b|'s (?:new )?(?:password|pw|pwd|reset|account|login)\b)/u,
  doubts:
    /(?<!\bnot )\b(?:the|an?|reset|for) (?:other|old|second) <p>|\b(?:maybe|perhaps|probably) (?:(?:at|from|it'?s|called|named) )*<|\bi think$|<p> or <p>|\bnot sure (?:if|whether)|\b(?:one|either) of (?:them|the (?:two|three|both))\b/,
  denies:
    /\b(?:not|isn't|rather than|instead of|except|but not|never|wrong)(?: at| the| other| in| from| on| of| for| for the| ones?)* $/,
  deniesAfter: /^(?: at <c>)?:? no(?= *(?:[.,;!?\n]|$|<))/,
  formerPlace:
    /\b(?:previously|formerly|ex|there(?:'s| is) (?:one|another(?: one)?|a namesake)(?: too| also)?|used to (?:be|work)|moved(?: over)?|(?:isn't|not|no longer|(?<!\bi )was)(?: any more)?|came|transferred|switched)(?: (?:at|from|of|with|for|in))* (?:the )?$/,
};
