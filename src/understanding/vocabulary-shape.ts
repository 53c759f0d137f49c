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

/** What a line of a form is about: whom, a name that may be theirs, who calls, where, another person, or free text. */
export type Label = 'user' | 'contact' | 'subject' | 'customer' | 'sender' | 'recipient' | 'aside' | 'text';

/**
 * The vocabulary of one language. Patterns match a sentence in lower case, in which a placeholder stands for each name.
 * `<p>` is a person, `<c>` a customer, `<a>` an address that is no user's. So a pattern never meets the words of a
 * name.
 */
export type Vocabulary = {
  /** Words that need no explanation beside a name. */
  readonly common: ReadonlySet<string>;
  /** Words in which two letters may be swapped. */
  readonly respelled: ReadonlySet<string>;
  /** What a word is that looks like this, and is typed wrongly more often than rightly. */
  readonly misspelt: readonly (readonly [RegExp, string])[];
  /** Words that stand before the name of a customer. */
  readonly place: ReadonlySet<string>;
  /** Parts of a company, which may stand behind a word of place too. */
  readonly departments: ReadonlySet<string>;
  /** Words that a name often follows. */
  readonly startsName: ReadonlySet<string>;
  /** Words that only stand before a place. */
  readonly startsPlace: ReadonlySet<string>;
  /** By which somebody speaks of their own password. */
  readonly ownNeed: RegExp;
  /** By which the sender of a request speaks of their own password and no other person's. */
  readonly ownPassword: RegExp;
  /** What stands right before somebody who sends a request, as the label `sender` does. */
  readonly senderBefore: RegExp;
  /** Where the letter of another sender begins. */
  readonly senderLine: RegExp;
  /** What stands right before somebody who speaks for themselves. */
  readonly speaksBefore: RegExp;
  /** By which somebody asks for what they quote below. */
  readonly handsOver: RegExp;
  /** What stands right before a person who takes the place of the one who is named before. */
  readonly takesBack: RegExp;
  /** What stands right behind somebody who tells who they are: `it's Jane Doe speaking`. */
  readonly introduces: RegExp;
  readonly labels: readonly (readonly [Label, RegExp])[];
  /** What stands right before, or right after, the person whose password it is. */
  readonly targetBefore: RegExp;
  readonly targetAfter: RegExp;
  /** What stands right before, or right after, a person who is only mentioned. */
  readonly asideBefore: RegExp;
  /** What stands right before a person to whom something is said, sent or given; they are meant where nobody else is. */
  readonly addresseeBefore: RegExp;
  /** What stands right before a person who calls: `I have Jane Doe on the phone`. */
  readonly subjectBefore: RegExp;
  /** What stands right before a person who is only said to be with, or of, another one of the same sentence. */
  readonly besideBefore: RegExp;
  readonly asideBeforeAddress: RegExp;
  readonly asideAfter: RegExp;
  /** What stands right before, or right after, a person of whom anything is told. */
  readonly tellsBefore: RegExp;
  readonly tellsAfter: RegExp;
  /** What stands right before a person for whom another one acts. */
  readonly ownerBefore: RegExp;
  /** What stands right behind a person who is only named as the owner or the relation of another. */
  readonly ownerAfter: RegExp;
  /** Where a letter ends and its writer signs. */
  readonly signOff: RegExp;
  /** What stands behind a name that may be a signature, up to the end; behind it is the sign before the name. */
  readonly signature: RegExp;
  /** What stands right before, or right behind, a name that surely takes the place of the one before. */
  readonly corrects: RegExp;
  readonly correctsAfter: RegExp;
  /** What may stand behind such a name; otherwise something is said of it. */
  readonly correctedAfter: RegExp;
  /** By which whoever wrote it does not know who is meant, or where. */
  readonly doubts: RegExp;
  /** Small words that are a part of a name. */
  readonly nameParts: ReadonlySet<string>;
  readonly articles: ReadonlySet<string>;
  /** Words of place behind which a town may stand, and anything else. */
  readonly towns: ReadonlySet<string>;
  /** What stands between a person and the customer where they are. */
  readonly placeOf: RegExp;
  /** What stands right before a name that is not meant. */
  readonly denies: RegExp;
  /** What stands right before a customer where somebody was before. */
  readonly formerPlace: RegExp;
  readonly deniesAfter: RegExp;
  /** What may stand behind a word of place and is no customer. */
  readonly notPlaces: ReadonlySet<string>;
  /** The first that fits says why it is no reset. */
  readonly whyNot: readonly (readonly [WhyNotAReset, RegExp])[];
  /** What asks for a new password, and what only says that somebody lacks one. */
  readonly asks: RegExp;
  readonly lacks: RegExp;
  /** What is only supposed, shown or tried out. */
  readonly hypothetical: RegExp;
  /** An order with a time or a condition, in front of it or behind it. */
  readonly putOff: RegExp;
  /** Until when an order is to be carried out, which puts nothing off. */
  readonly deadline: RegExp;
  /** A clause that is an order and names whose password it is. */
  readonly orders: RegExp;
  /** A clause that asks for a reset and does not say of what. */
  readonly bareAsk: RegExp;
  /** Where one clause ends and another begins, which may ask for something of its own. */
  readonly clauseBreak: RegExp;
  /** What makes a sentence one about a reset. */
  readonly reset: RegExp;
  /** Words for the caller, which may stand inside the words of a method: `called her back`. */
  readonly spokenOf: ReadonlySet<string>;
  /** Words by which a check is told of, beside the words of a method. */
  readonly confirms: ReadonlySet<string>;
  readonly ticketWords: ReadonlySet<string>;
  readonly ticketFillers: ReadonlySet<string>;
  /** What takes back that a caller was verified, at the end of what stands before it. */
  readonly negates: RegExp;
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
  readonly commands: CommandVocabulary;
};

/** How commands are typed. Patterns are held against words in lower case, without courtesy at both ends. */
type CommandVocabulary = {
  readonly ownName: RegExp;
  readonly courtesy: ReadonlySet<string>;
  readonly greeting: RegExp;
  /** Thanks, and nothing else. */
  readonly thanks: RegExp;
  readonly help: RegExp;
  readonly status: RegExp;
  readonly cancel: RegExp;
  readonly cancelFillers: ReadonlySet<string>;
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
