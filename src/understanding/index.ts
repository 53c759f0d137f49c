/** Understanding: what was typed becomes a command, or a sentence whose names and facts are weighed by what exists. Pure. */
export { readAnswer, readConfirmation, type TypedConfirmation } from './answer.ts';
export { type Command, readCommand } from './command.ts';
export { english } from './english/index.ts';
export { readTypedTicket, takeFacts } from './ticket-and-verification.ts';
export { cleanText, isAddress } from './message-text.ts';
export { writeAsForm } from './pasted-form.ts';
export { readSpelled } from './spelled-names.ts';
export { asksForOwn, asksForReset, findWhyNot, speaksOfReset } from './intent.ts';
export { judge, type Judgement } from './judgement.ts';
export { isBare, isNoName, readLooseRuns, readUnknownPlaces } from './loose-words.ts';
export { type Mention, readSentence, type Sentence, type Span } from './sentence.ts';
export type { Token } from './tokens.ts';
export type { Vocabulary, WhyNotAReset } from './vocabulary-shape.ts';
