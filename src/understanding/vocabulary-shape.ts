import type { Lexicon, WordPatterns } from './word-pattern.ts';

/** Why a sentence that speaks of a reset is none. */
export type WhyNotAReset =
  | 'negated'
  | 'question'
  | 'several-users'
  | 'other-factor'
  | 'unlock'
  | 'own-password'
  | 'missing-user'
  | 'not-understood';

/** What a clause does with a reset: it orders one, tells of a lack, takes it back, tells of one, asks about it. */
export type Mood =
  'unreal' | 'condition' | 'put-off' | 'negated' | 'over' | 'done' | 'told' | 'asked' | 'order' | 'lack';

export type ClauseVocabulary = {
  readonly lexicon: Lexicon;
  readonly contractions: ReadonlyMap<string, string>;
  readonly shapes: readonly (readonly [RegExp, string])[];
  readonly abbreviations: ReadonlySet<string>;
  readonly predicate: WordPatterns;
  /** A beginning behind which a word such as `please` begins no new clause. */
  readonly goesOn: WordPatterns;
  readonly moods: readonly (readonly [Mood, WordPatterns])[];
  readonly otherThings: WordPatterns;
  readonly unlocks: WordPatterns;
  /** What is said while somebody thinks of the next word. */
  readonly fillers: ReadonlySet<string>;
  /** A clause that announces what the others of its statement tell of: `done: `. */
  readonly heading: WordPatterns;
  /** A clause with which the note of something done begins: `Resolved 30.11.: `. */
  readonly closing: WordPatterns;
  /** A request that counts in such a note too. */
  readonly request: WordPatterns;
  /** By which somebody cannot log in, with no word for a password. */
  readonly shutOut: WordPatterns;
  /** A first clause that makes its statement a question. */
  readonly question: WordPatterns;
  /** By which somebody speaks of their own password, surely, or as the writer of what was pasted may. */
  readonly signature: WordPatterns;
  readonly introduces: WordPatterns;
  /** By which a message speaks of its writer, or of anybody else. */
  readonly writer: WordPatterns;
  readonly others: WordPatterns;
  readonly surelyOwn: WordPatterns;
  readonly own: WordPatterns;
  readonly missing: WordPatterns;
  readonly handsOver: WordPatterns;
  /** What is asked for, told of or refused. */
  readonly event: WordPatterns;
  readonly several: WordPatterns;
};

/** What a line of a form is about: whom, a name that may be theirs, who calls, where, another person, or free text. */
export type Label = 'user' | 'contact' | 'subject' | 'customer' | 'sender' | 'recipient' | 'aside' | 'text';

/**
 * The vocabulary of one language. Patterns match a sentence in lower case, in which a placeholder stands for each name.
 * `<p>` is a person, `<c>` a customer. So a pattern never meets the words of a name.
 */
export type Vocabulary = RoleVocabulary &
  CorrectionVocabulary &
  FormVocabulary & {
    /** Words that need no explanation beside a name. */
    readonly common: ReadonlySet<string>;
    /** Words that are no name where they are written small, or begin a sentence. */
    readonly everyday: ReadonlySet<string>;
    /** How small words end that are no names. */
    readonly ordinaryEnding: RegExp;
    /** Words in which two letters may be swapped. */
    readonly respelled: ReadonlySet<string>;
    /** What a word is that looks like this, and is typed wrongly more often than rightly. */
    readonly misspelt: readonly (readonly [RegExp, string])[];
    /** What a word of another language means. */
    readonly borrowed: ReadonlyMap<string, string>;
    /** Words that stand before the name of a customer. */
    readonly place: ReadonlySet<string>;
    /** Parts of a company, which may stand behind a word of place too. */
    readonly departments: ReadonlySet<string>;
    /** Words that stand behind the name of such a part. */
    readonly departmentNouns: ReadonlySet<string>;
    /** Words that a name often follows. */
    readonly startsName: ReadonlySet<string>;
    /** Words that only stand before a place. */
    readonly startsPlace: ReadonlySet<string>;
    /** Small words that are a part of a name. */
    readonly nameParts: ReadonlySet<string>;
    readonly articles: ReadonlySet<string>;
    /** Words of place behind which a town may stand, and anything else. */
    readonly towns: ReadonlySet<string>;
    /** What may stand behind a word of place and is no customer. */
    readonly notPlaces: ReadonlySet<string>;
    /** Words by which a message speaks of a reset. */
    readonly reset: ReadonlySet<string>;
    /** Words for the caller, which may stand inside the words of a method: `called her back`. */
    readonly spokenOf: ReadonlySet<string>;
    /** Words by which a check is told of, beside the words of a method. */
    readonly confirms: ReadonlySet<string>;
    readonly ticketWords: ReadonlySet<string>;
    readonly ticketFillers: ReadonlySet<string>;
    /** What takes back that a caller was verified, at the end of what stands before it. */
    readonly negates: RegExp;
    readonly clauses: ClauseVocabulary;
    readonly commands: CommandVocabulary;
  };

/** What stands beside a name and tells the part that it plays. */
export type RoleVocabulary = {
  /** What stands right before, or right after, the person whose password it is. */
  readonly targetBefore: RegExp;
  readonly targetAfter: RegExp;
  /** What stands right before, or right after, a person who is only mentioned. */
  readonly asideBefore: RegExp;
  /** What stands right before a person who gets a copy. */
  readonly copiedBefore: RegExp;
  /** What stands right before a person to whom something is said, sent or given; they are meant where no one else is. */
  readonly addresseeBefore: RegExp;
  /** What stands right before a person who is only said to be with, or of, another one of the same sentence. */
  readonly besideBefore: RegExp;
  /** What stands right before a person who calls: `I have Jane Doe on the phone`. */
  readonly subjectBefore: RegExp;
  readonly asideBeforeAddress: RegExp;
  readonly asideAfter: RegExp;
  /** What stands right before, or right after, a person of whom anything is told. */
  readonly tellsBefore: RegExp;
  readonly tellsAfter: RegExp;
  /** What stands right before a person for whom another one acts. */
  readonly ownerBefore: RegExp;
  /** What stands right behind a person who is only named as the owner or the relation of another. */
  readonly ownerAfter: RegExp;
  /** What stands behind a name that may be a signature, up to the end; behind it is the sign before the name. */
  readonly signature: RegExp;
  /** Where a letter ends and its writer signs. */
  readonly signOff: RegExp;
  /** Where the letter of another sender begins. */
  readonly senderLine: RegExp;
  /** What stands right before somebody who sends a request, as the label `sender` does. */
  readonly senderBefore: RegExp;
  /** What stands right before somebody who speaks for themselves. */
  readonly speaksBefore: RegExp;
  /** What stands right behind somebody who tells who they are: `it's Jane Doe speaking`. */
  readonly introduces: RegExp;
  /** By which the sender of a request speaks of their own password and no other person's. */
  readonly ownPassword: RegExp;
  /** What stands between a person and the customer where they are. */
  readonly placeOf: RegExp;
};

/** By which a name takes the place of another, or is ruled out. */
export type CorrectionVocabulary = {
  /** What stands right before a person who takes the place of the one who is named before. */
  readonly takesBack: RegExp;
  /** What stands right before, or right behind, a name that surely takes the place of the one before. */
  readonly corrects: RegExp;
  /** The same, for a person alone. */
  readonly correctsPerson: RegExp;
  readonly correctsAfter: RegExp;
  /** What may stand behind such a name; otherwise something is said of it. */
  readonly correctedAfter: RegExp;
  /** By which the writer does not know who is meant, or where. */
  readonly doubts: RegExp;
  /** What stands right before a name that is not meant. */
  readonly denies: RegExp;
  readonly deniesAfter: RegExp;
  /** What stands right before a customer where somebody was before. */
  readonly formerPlace: RegExp;
};

export type FormVocabulary = {
  readonly labels: readonly (readonly [Label, RegExp])[];
  /** How forms are labelled. */
  readonly form: {
    readonly user: string;
    /** A line with a label. */
    readonly labelled: RegExp;
    /** A label without a sign behind it, at the beginning of each line. */
    readonly column: RegExp;
    /** An object of a program of which the name comes first; its key is the first group. */
    readonly nested: RegExp;
    readonly firstName: RegExp;
    readonly lastName: RegExp;
    /** A label, and the question that asks for it at the beginning of a line. */
    readonly questions: readonly (readonly [string, RegExp])[];
  };
  readonly spelling: {
    /** Signs that are spoken in a dictation, which has no others, and what is written for them. */
    readonly signs: readonly (readonly [RegExp, string])[];
    /** The dot of a domain that is spoken. */
    readonly dot: RegExp;
    readonly domainWithDot: RegExp;
    readonly double: string;
    /** What stands right before the letters of a name. */
    readonly leadIn: string;
    readonly asIn: string;
    /** `with an h`; the letters are the first group. */
    readonly remark: RegExp;
  };
};

/** How commands are typed. Patterns are held against words in lower case, without courtesy at both ends. */
export type CommandVocabulary = {
  readonly ownName: RegExp;
  readonly courtesy: ReadonlySet<string>;
  readonly greeting: RegExp;
  /** Thanks, and nothing else. */
  readonly thanks: RegExp;
  readonly help: RegExp;
  readonly status: RegExp;
  readonly cancel: RegExp;
  readonly cancelFillers: ReadonlySet<string>;
  /** A question who may approve, and nothing else. */
  readonly approvers: RegExp;
  /** By which a password that is shown is to be hidden. A person may be called Hide. */
  readonly hide: RegExp;
  /** Words with which the same message asks for something else. */
  readonly hidesBesides: RegExp;
  readonly history: RegExp;
  readonly historyFillers: ReadonlySet<string>;
  readonly confirm: RegExp;
  /** Words that may stand beside what a confirmation says. Any other word is a name, or keeps it from being one. */
  readonly confirmFillers: ReadonlySet<string>;
  readonly freeze: RegExp;
  readonly thaw: RegExp;
  /** What is called frozen elsewhere: an account, a screen. */
  readonly notFrozen: RegExp;
  readonly everything: RegExp;
  readonly everythingFirst: RegExp;
  readonly freezeFillers: ReadonlySet<string>;
  readonly pleads: ReadonlySet<string>;
};
