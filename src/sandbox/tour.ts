import { type Policy, policyForCustomer } from '../reset/index.ts';
import type { Card, Guide } from '../teams/index.ts';
import type { TourTicks } from './tour-ticks.ts';

/** One of the things to try: what to type, one after the other, and what there is to see. */
export type TourStep = {
  readonly type: readonly string[];
  readonly where?: 'group';
  readonly see: string;
  /** What there is to see where the policy allows write-back. */
  readonly seeWrittenBack?: string;
};

/** The customer whose synchronised user the tour has reset. */
const tourCustomer = 'Contoso Bikes';

/** The things to try in the sandbox. The README has the same ones; a test types each. */
export const tourSteps: readonly TourStep[] = [
  { type: ['reset password for Adele Vance at Contoso Bikes'], see: 'the whole way, to a password in your own chat' },
  {
    type: ['reset adele vance at contoso bikes, #4711, called back'],
    see: 'a card that asks nothing more, and a note in the ticket',
  },
  { type: ['reset alex wilber at contoso bikes'], see: 'two of one name: the bot asks, and never picks' },
  { type: ['reset grady archie at northwind traders'], see: 'two customers of one name' },
  { type: ['reset adel vance at contoso bikes'], see: 'a typing error: one suggestion, which `Choose` takes' },
  {
    type: ['reset password for Isaiah Langer', 'northwind traders'],
    see: 'a dialogue: it asks for what is missing, here then which of two',
  },
  {
    type: ['@Locksmith reset megan bowen at contoso bikes'],
    where: 'group',
    see: 'an administrator: a second person has to approve',
  },
  {
    type: ['reset diego siciliani at contoso bikes'],
    see: 'synchronised from a local directory: refused, with what to do',
    seeWrittenBack: 'synchronised from a local directory: this policy writes the password back to it',
  },
  { type: ['reset lynne robbins at contoso bikes'], see: 'deleted: refused, with until when they can be restored' },
  { type: ['reset johanna lorenz at contoso bikes'], see: 'signs in elsewhere (federated): refused' },
  {
    type: ['freeze contoso bikes', 'thaw contoso bikes', 'history'],
    see: 'an emergency brake, and everybody’s resets and freezes, by whom and when',
  },
];

/** What Microsoft Graph alone tells, at a customer of the sandbox that has consented. A test types each. */
export const graphSteps: readonly TourStep[] = [
  { type: ['reset enrico cattaneo at contoso bikes'], see: 'blocked from signing in: a warning' },
  { type: ['reset henrietta mueller at contoso bikes'], see: 'under restricted management: refused, with who can' },
  {
    type: ['@Locksmith reset pradeep gupta at contoso bikes'],
    where: 'group',
    see: 'a role that waits to be activated: a second person',
  },
  {
    type: ['@Locksmith reset lidia holloway at contoso bikes'],
    where: 'group',
    see: 'an administrator by a group: a second person',
  },
];

/** Write-back and passes are off by default, so they are seen in a sandbox with the policy that comes along. */
export const followUpsPolicy = 'deploy/sandbox-follow-ups.json';

/** The tour is one list of all of these. */
const allSteps: readonly TourStep[] = [...tourSteps, ...graphSteps];

export const tourLength = allSteps.length;

/**
 * Makes the guide of the sandbox. It answers `tour` with a card of what is left to try, `tour anew` with one of everything, and lets
 * the bot answer the rest. A thing gets its tick when the person has typed all of its sentences,
 * in whatever words.
 */
export function createTour({
  ticks,
  policy,
  customers,
  approvePage,
  startWith = '',
}: {
  readonly ticks: TourTicks;
  /** The policy in force now: what it allows is not told as something to turn on. */
  readonly policy: () => Policy;
  /** The customers of the sandbox: the policy may have other rules for the tour's. */
  readonly customers: readonly { readonly id: string; readonly name: string }[];
  /** The address of the page on which a colleague approves; undefined where there is none. */
  readonly approvePage: () => string | undefined;
  /** The settings that this start was given, as they are typed before `npm start`; empty for none. */
  readonly startWith?: string;
}): Guide {
  const tenantId = customers.find(({ name }) => name === tourCustomer)?.id ?? '';
  return (person, text) => {
    const key = keyOf(text);
    if (key === 'tour anew') ticks.write(person, new Set());
    if (key === 'tour' || key === 'tour anew')
      return renderTour(ticks.read(person), policyForCustomer(policy(), tenantId), approvePage(), startWith);
    const step = findKnown(key);
    if (step !== undefined) ticks.write(person, new Set([...ticks.read(person), step]));
    return undefined;
  };
}

/** Letter case, punctuation, the mention and the words `password for` make no difference. */
function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^@locksmith\s/, '')
    .replace(/^reset (?:the )?password (?:for|of) /, 'reset ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What says nothing of whom or what a sentence is about. */
const fillers = new Set(['reset', 'password', 'for', 'of', 'at', 'the']);

function wordsOf(key: string): readonly string[] {
  return key.split(' ').filter((word) => !fillers.has(word));
}

/** The sentence with the most words first: others may be part of it. */
const known = allSteps
  .flatMap(({ type }) => type.map(keyOf))
  .map((key) => ({ key, words: wordsOf(key) }))
  .toSorted((one, other) => other.words.length - one.words.length);

/** The sentence of the tour that was typed. People say it in an order and with words of their own. */
function findKnown(key: string): string | undefined {
  const said = new Set(wordsOf(key));
  return known.find(({ words }) => words.every((word) => said.has(word)))?.key;
}

function renderTour(
  said: ReadonlySet<string>,
  { synchronisedUsers, followUps }: Pick<Policy, 'synchronisedUsers' | 'followUps'>,
  approvePage: string | undefined,
  startWith: string,
): Card {
  const writesBack = synchronisedUsers === 'writeback';
  const steps = allSteps.map(({ type, where, see, seeWrittenBack }, index) => {
    const isDone = type.every((sentence) => said.has(keyOf(sentence)));
    return { type, where, see: (writesBack ? seeWrittenBack : undefined) ?? see, number: index + 1, isDone };
  });
  const left = steps.filter(({ isDone }) => !isDone);
  const done = steps.filter(({ isDone }) => isDone);
  const heading = done.length === 0 ? tourTexts.all(steps.length) : tourTexts.left(left.length, steps.length);
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: heading,
    body: [
      { type: 'TextBlock', text: heading, size: 'Large', weight: 'Bolder', wrap: true, style: 'heading' },
      ...left.flatMap(({ type, where, see, number }) => [
        ...type.map((sentence, index) => {
          const run = { type: 'TextRun', text: sentence, weight: 'Bolder', fontType: 'Monospace' };
          return { type: 'RichTextBlock', spacing: index === 0 ? 'Medium' : 'None', inlines: [run] };
        }),
        line(`${number}. ${see.replaceAll('`', '')}${where === 'group' ? tourTexts.inGroup : ''}`),
      ]),
      ...done.map(({ type, number }, index) =>
        line(`✓ ${number}. ${type.join(', ')}`, index === 0 ? 'Medium' : 'None'),
      ),
      ...(left.some(({ where }) => where === 'group') ? [line(tourTexts.secondPerson(approvePage), 'Medium')] : []),
      line(
        writesBack && followUps.accessPass === 'allow' ? tourTexts.followUpsOn : tourTexts.followUpsOff(startWith),
        'Medium',
      ),
      line(left.length === 0 ? tourTexts.over : tourTexts.again, 'Medium'),
    ],
  };
}

function line(text: string, spacing = 'None') {
  return { type: 'RichTextBlock', spacing, inlines: [{ type: 'TextRun', text, size: 'Small' }] };
}

const tourTexts = {
  all: (count: number) => `${count} things to try: type the bold line`,
  left: (left: number, count: number) =>
    left === 0 ? `All ${count} things are done` : `${left} of ${count} things ${left === 1 ? 'is' : 'are'} left to try`,
  inGroup: '. In the chat Second line: type @, click Locksmith in the list, then the rest',
  secondPerson: (page: string | undefined) =>
    `${page === undefined ? 'A second person has to approve these.' : `A second person approves on the page ${page}`} (In a narrow window the list of chats is behind ☰.)`,
  followUpsOff: (startWith: string) =>
    `Write-back to a local directory and a Temporary Access Pass need a policy that allows them: stop this, and start it with ${startWith}POLICY_FILE=${followUpsPolicy} npm start. Then type reset diego siciliani at contoso bikes, called back.`,
  followUpsOn:
    'The policy of this sandbox allows write-back and passes: type reset diego siciliani at contoso bikes, called back. Below the password press Temporary access pass.',
  over: 'That was all of it. Next: docs/install.md, into your own tenant. To begin again, type tour anew.',
  again: 'Type tour again to see what is left. Ticks outlast a restart: tour anew begins without any.',
} as const;
