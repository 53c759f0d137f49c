import type { ClauseVocabulary } from '../vocabulary-shape.ts';
import { compilePatterns, createLexicon } from '../word-pattern.ts';
import { refusals } from './refusals.ts';
import { requests } from './requests.ts';
import { event } from './shared-patterns.ts';
import {
  closings,
  handsOver,
  headings,
  missings,
  otherThings,
  owns,
  predicates,
  questions,
  severals,
  signatures,
  surelyOwns,
  unlocks,
} from './things.ts';
import { words } from './ordinary-words.ts';
import { wordClasses } from './word-classes.ts';

const pronouns = 'i you he she it we they who that there what where how'.split(' ');
const endings = { "'ll": 'will', "'ve": 'have', "'re": 'are', "'m": 'am', "'d": 'would', "'s": 'is' };
const negations = {
  "don't": 'do',
  "doesn't": 'does',
  "didn't": 'did',
  "can't": 'can',
  "couldn't": 'could',
  "won't": 'will',
  "wouldn't": 'would',
  "isn't": 'is',
  "aren't": 'are',
  "wasn't": 'was',
  "weren't": 'were',
  "hasn't": 'has',
  "haven't": 'have',
  "hadn't": 'had',
  "shouldn't": 'should',
  "mustn't": 'must',
  "needn't": 'need',
};
const contractions = new Map([
  ...pronouns.flatMap((pronoun) =>
    Object.entries(endings).map(([short, long]) => [pronoun + short, `${pronoun} ${long}`] as const),
  ),
  ...Object.entries(negations).flatMap(
    ([short, verb]) =>
      [
        [short, `${verb} not`],
        [short.replace("'", ''), `${verb} not`],
      ] as const,
  ),
  ['cannot', 'can not'] as const,
  ['cannae', 'can not'] as const,
  ['im', 'i am'] as const,
  ['ive', 'i have'] as const,
  ['gonna', 'going to'] as const,
]);

export const clauseWords: ClauseVocabulary = {
  lexicon: createLexicon(wordClasses),
  contractions,
  shapes: [
    [/^\+?\d[\d-]*$/, 'NUMBER'],
    [/^(?=.*\d)(?=.*[a-z])[^@]{6,}$/, 'CODE'],
    [/^\d+(?:st|nd|rd|th)$/, 'ORDINAL'],
    [/^\d{1,2}(?:[:.]\d\d)?(?:am|pm|h|hrs)$/, 'HOUR'],
    [/^\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?$/, 'DATE'],
  ],
  abbreviations: words('mr mrs ms dr e.g eg inc ltd co no nr st'),
  predicate: compilePatterns(predicates),
  goesOn: compilePatterns(['^^ BREAK $$', 'MODAL YOU|I|THEY $$']),
  moods: [
    ['unreal', compilePatterns(refusals.unreal)],
    ['condition', compilePatterns(refusals.condition)],
    ['order', compilePatterns(requests.polite)],
    ['put-off', compilePatterns(refusals.putOff)],
    ['negated', compilePatterns(refusals.negated)],
    ['over', compilePatterns(refusals.over)],
    ['done', compilePatterns(refusals.done)],
    ['told', compilePatterns(refusals.told)],
    ['asked', compilePatterns(requests.asked)],
    ['order', compilePatterns(requests.order)],
    ['lack', compilePatterns(requests.lack)],
  ],
  otherThings: compilePatterns(otherThings),
  unlocks: compilePatterns(unlocks),
  fillers: words('uh uhh uhm uhmm um umm erm ehm hmm ah aah'),
  closing: compilePatterns(closings),
  request: compilePatterns(['PLEASE|YOU|still|also|next|now|NEED']),
  shutOut: compilePatterns(['NOT .3 ENTER LEAD|any|more|again|since|at|all|today|now* $']),
  heading: compilePatterns(headings),
  question: compilePatterns(questions),
  own: compilePatterns(owns),
  signature: compilePatterns(signatures),
  introduces: compilePatterns(['( this_is|it_is|is|am ) PERSON', 'PERSON here|speaking|calling']),
  writer: compilePatterns(['i|me|my|mine|myself']),
  others: compilePatterns(['he|she|they|him|her|his|hers|them|their|RELATIVE|SOMEBODY|employee|user|member']),
  surelyOwn: compilePatterns(surelyOwns),
  missing: compilePatterns(missings),
  event: compilePatterns([event]),
  handsOver: compilePatterns(handsOver),
  several: compilePatterns(severals),
};
