import { callWithTimeout, teamsTunables } from '../../base/index.ts';
import { accessPassTexts, decisionTexts, mentionInCommands, pressTexts, signOutTexts } from '../../texts/index.ts';
import { type InvokeResponse, sentence, verbs } from '../activity/card-actions.ts';
import { type FreezeDependencies, handleFreezePress } from './freeze.ts';
import * as lists from './lists.ts';
import {
  cancel,
  cancelQuestion,
  choose,
  confirm,
  decide,
  idOf,
  type PressDependencies,
  type TimedPress,
} from './press.ts';
import { getAccessPass, passOn, reveal, signOut } from './press-direct-message.ts';

/** What the buttons of all cards are answered with. */
export type PressVerbDependencies = PressDependencies & lists.ListDependencies & FreezeDependencies;

type Verb = (typeof verbs)[keyof typeof verbs];

/** How a button is answered. */
type Handling = {
  readonly handle: (dependencies: PressVerbDependencies, press: TimedPress) => Promise<InvokeResponse>;
  /** The answer where `handle` has none in time. */
  readonly late: string;
  /** Whether a sentence that comes after that is said in the chat. Left out: the card, or another press, shows what came of it. */
  readonly saysLater?: true;
};

const handlings = {
  [verbs.reset]: { handle: confirm, late: pressTexts.underWay, saysLater: true },
  [verbs.cancel]: { handle: cancel, late: pressTexts.underWay, saysLater: true },
  [verbs.choose]: { handle: choose, late: pressTexts.underWay, saysLater: true },
  [verbs.cancelQuestion]: { handle: cancelQuestion, late: pressTexts.underWay, saysLater: true },
  [verbs.approve]: {
    handle: (dependencies, press) => decide(dependencies, press, 'approved'),
    late: decisionTexts.late,
  },
  [verbs.decline]: {
    handle: (dependencies, press) => decide(dependencies, press, 'declined'),
    late: decisionTexts.late,
  },
  [verbs.passedOn]: { handle: passOn, late: pressTexts.beingHidden },
  [verbs.reveal]: { handle: reveal, late: pressTexts.showingLate },
  [verbs.signOut]: { handle: signOut, late: signOutTexts.late },
  [verbs.accessPass]: { handle: getAccessPass, late: accessPassTexts.late },
  [verbs.status]: { handle: lists.showStatus, late: pressTexts.listLate },
  [verbs.history]: { handle: lists.showHistory, late: pressTexts.listLate },
  [verbs.help]: { handle: lists.showHelp, late: pressTexts.listLate },
  [verbs.cancelListed]: { handle: lists.cancelListed, late: pressTexts.listLate },
  [verbs.hideListed]: { handle: lists.hideListed, late: pressTexts.beingHidden },
  [verbs.cancelListedQuestion]: { handle: lists.cancelListedQuestion, late: pressTexts.listLate },
  [verbs.freeze]: { handle: handleFreezePress, late: pressTexts.underWay, saysLater: true },
  [verbs.freezeEverything]: { handle: handleFreezePress, late: pressTexts.underWay, saysLater: true },
  [verbs.cancelFreeze]: { handle: handleFreezePress, late: pressTexts.underWay },
} satisfies Readonly<Record<Verb, Handling>>;

/** What a card sends back is a stranger's word, so a verb may be any text. */
const handlingOf: ReadonlyMap<string, Handling> = new Map(Object.entries(handlings));

/** The verbs that act on the card of a request, which shows afterwards what a late press has done. */
const requestVerbs: ReadonlySet<string> = new Set([verbs.reset, verbs.cancel]);

/**
 * Answers a press of a button before `press.answerBy`, whatever it does. Only the verb, an id and the inputs are read from a card;
 * owner and state of the request or question are looked up. A client that refreshes a card on its own has pressed nothing.
 *
 * @returns The outcome if it is there in time. Otherwise the state of the work in progress, or a sentence that it goes on.
 */
export async function answerPress(dependencies: PressVerbDependencies, press: TimedPress): Promise<InvokeResponse> {
  const { clock, progress, messages, resets } = dependencies;
  const handling = handlingOf.get(press.verb);
  if (press.trigger === 'automatic' || handling === undefined) return sentence(pressTexts.unknownButton);
  const { conversation, answerBy } = press;
  // What handlers wait for ends a little earlier: their own answer says more than `late`.
  const reserve = teamsTunables.pressAnswerReserveMilliseconds;
  const answering = handling.handle(dependencies, { ...press, answerBy: answerBy - reserve });
  const outcome = await callWithTimeout(clock, Math.max(0, answerBy - clock.now()), () => answering);
  if (outcome.kind !== 'timeout') return sayThere(await answering);
  progress.runInBackground(conversation, answering.then(showLater));
  return sayThere(sentence(handling.late));

  /** A sentence, as it is to be read in the chat of the press. */
  function sayThere(answer: InvokeResponse): InvokeResponse {
    return answer.kind === 'message' ? sentence(mentionInCommands(answer.text, conversation)) : answer;
  }

  async function showLater(answer: InvokeResponse): Promise<void> {
    if (answer.kind === 'message') {
      if (handling?.saysLater === true) await messages.reply(conversation, answer.text);
      return;
    }
    if (requestVerbs.has(press.verb)) await resets.refreshCard(idOf(press));
  }
}
