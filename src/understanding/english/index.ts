import type { Vocabulary } from '../vocabulary-shape.ts';
import { borrowedWords } from './borrowed-words.ts';
import { clauseWords } from './clauses.ts';
import { commands } from './commands.ts';
import { corrections } from './corrections.ts';
import { everydayWords } from './everyday-words.ts';
import { forms } from './forms.ts';
import { ordinaryWords, words } from './ordinary-words.ts';
import { roles } from './roles.ts';
import { wordClasses } from './word-classes.ts';

/** English. */
export const english: Vocabulary = {
  ...roles,
  ...corrections,
  ...forms,
  commands,
  common: new Set([...ordinaryWords, ...clauseWords.lexicon.words, ...clauseWords.contractions.keys()]),
  clauses: clauseWords,
  everyday: words(everydayWords),
  ordinaryEnding: /^\p{Ll}{3,}(?:ings?|tions?|ness|able|ible|ful|ous|less|ments?|ally|edly|ively|(?<!m|e|i)ed)$/u,
  respelled: words(`
    working works wrong forgets forgets locks expired
    the and for with from please reset password passwords account user customer company client tenant needs need forgot
    forgotten locked access login new change changed can could would his her their has have temporary ticket thanks that
    this unlock lost morning at out you can logon rest they what needs team hello help support
  `),
  misspelt: [[/^pa?s{1,3}[wv]\w{0,4}$/, 'password']],
  borrowed: borrowedWords,
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
  departmentNouns: words(
    'team department dept office branch group crew division unit desk store shop site location warehouse depot floor plant',
  ),
  startsName: words(`
    reset resetting rst for of user password pw pwd 4
  `),
  startsPlace: words(`
    at @ from in
  `),
  nameParts: words('van von de del der den di da la le bin ibn al el jr jnr junior sr snr senior ii iii iv'),
  articles: words('the our their her his "'),
  towns: words('in'),
  reset: words(`
    ${wordClasses.RESET} ${wordClasses.RESETS} ${wordClasses.PASSWORD} ${wordClasses.PASSWORDS} login logon sign-in signin rest forgot
    forgotten locked lockout
  `),
  spokenOf: words('him her them'),
  confirms: words('approved confirmed verified accepted done ok okay'),
  ticketWords: words(`
    ticket tickets case incident inc ref reference task call request issue sr
  `),
  ticketFillers: words(`
    no number id nr is
  `),
  negates:
    /\b(?:not|no|never|without|haven't|havent|hasn't|hasnt|didn't|couldn't|can't|cannot|wasn't|isn't|won't|(?:should|could|would|must|will) have|yet to|to be|will be|must be|pending|before|until|if|once|unless|please|should be)\b[^.!?\n]{0,24}$/,
};
