import { asId, type QuestionId } from '../../base/index.ts';
import {
  type Closing,
  type Conversation,
  isPasswordKept,
  namesRequest,
  type ResetRequest,
  type ResetUseCases,
  type Technician,
} from '../../reset/index.ts';
import {
  chatReplies,
  describeWhom,
  formatCancellation,
  listTexts,
  mentionInCommands,
  pressTexts,
  sanitizeName,
} from '../../texts/index.ts';
import { card, type InvokeResponse, rejectPress, sentence } from '../activity/card-actions.ts';
import { renderHelp } from '../cards/home.ts';
import { renderHistory } from '../cards/history.ts';
import { renderStatus } from '../cards/status.ts';
import type { Card } from '../cards/card-template.ts';
import { markOwner } from './card-owner.ts';
import { idOf, type PressDependencies, type TimedPress } from './press.ts';
import { answerInTime, withinAnswerTime } from './progress-indicator.ts';

/** What the cards `status`, `history` and `help` are made of. */
export type ListDependencies = Pick<PressDependencies, 'clock' | 'progress'> & {
  readonly resets: Pick<
    ResetUseCases,
    | 'unfinished'
    | 'standingNotes'
    | 'openQuestions'
    | 'freezes'
    | 'references'
    | 'history'
    | 'rightsOf'
    | 'cancel'
    | 'cancelQuestion'
    | 'acknowledge'
    | 'run'
  >;
};

/** What of this person is not over. In a chat that others read it is what was asked there, and nothing else. */
export async function buildStatus(
  { resets }: ListDependencies,
  technician: Technician,
  conversation: Conversation,
  {
    from = 0,
    note,
    reference,
  }: { readonly from?: number; readonly note?: string; readonly reference?: string | undefined } = {},
): Promise<Card> {
  if (reference !== undefined) return buildReferred({ resets }, technician, conversation, reference);
  const isShared = conversation.kind !== 'personal';
  const isHere = ({ askedIn }: { readonly askedIn: Conversation }): boolean =>
    !isShared || askedIn.id === conversation.id;
  const unfinished = await resets.unfinished(technician);
  const requests = unfinished.requests.filter(isHere);
  // The latest of each chat alone has a row: older ones were left for another sentence, and would hide what is under way.
  const asked = (await resets.openQuestions(technician)).filter(isHere);
  const questions = asked.filter(({ askedIn }, at) => asked.findIndex((one) => one.askedIn.id === askedIn.id) === at);
  const freezes = isShared ? [] : await resets.freezes(technician);
  const mayThaw = freezes.length > 0 && (await resets.rightsOf(technician)).mayApprove;
  const references = await resets.references(requests);
  const standing = isShared ? undefined : await resets.standingNotes(technician);
  const withheld = isShared ? 0 : unfinished.withheld;
  return renderStatus(
    {
      requests,
      questions,
      olderQuestions: asked.length - questions.length,
      freezes,
      reader: technician,
      mayThaw,
      references,
      withheld,
      isShared,
      standing,
    },
    { owner: markOwner(technician), from, note },
  );
}

/** The one request of a reference: as it stands open, or in the history, which others do not read. */
async function buildReferred(
  dependencies: Pick<ListDependencies, 'resets'>,
  technician: Technician,
  conversation: Conversation,
  reference: string,
): Promise<Card> {
  const { resets } = dependencies;
  const isShared = conversation.kind !== 'personal';
  const { requests } = await resets.unfinished(technician);
  const references = await resets.references(requests);
  const named = requests.filter(
    (request) =>
      (!isShared || request.askedIn.id === conversation.id) &&
      namesRequest(reference, request, references.get(request.id)),
  );
  if (named.length === 0 && !isShared) return buildHistory(dependencies, technician, reference);
  const open = { questions: [], freezes: [], withheld: 0, reader: technician, mayThaw: false };
  return renderStatus({ ...open, requests: named, references, isShared }, { owner: markOwner(technician), from: 0 });
}

/** The card that asks which of several is to be cancelled, with a button on each. */
export function renderWhichToCancel(
  { requests, questions, references }: Extract<Closing, { kind: 'several' }>,
  technician: Technician,
  conversation: Conversation,
): Card {
  const shown = { requests, questions, references, freezes: [], reader: technician, mayThaw: false };
  const open = { ...shown, withheld: 0, isShared: conversation.kind !== 'personal' };
  const note = mentionInCommands(listTexts.whichToCancel, conversation);
  return renderStatus(open, { owner: markOwner(technician), from: 0, note });
}

/** A page of the history of this person. */
export async function buildHistory(
  { resets }: Pick<ListDependencies, 'resets'>,
  technician: Technician,
  named: string | undefined,
  from = 0,
): Promise<Card> {
  return renderHistory(await resets.history(technician, named, from), named, { owner: markOwner(technician), from });
}

/** Answers `My open resets` and the pages of `status`. Everything of a list is looked up by the person who presses. */
export async function showStatus(dependencies: ListDependencies, press: TimedPress): Promise<InvokeResponse> {
  const { technician, conversation, inputs } = press;
  if (isForeign(press)) return sentence(pressTexts.notYours);
  return card(await buildStatus(dependencies, technician, conversation, { from: readNumber(inputs['from']) }));
}

/** Answers `History` and its pages. */
export async function showHistory(dependencies: ListDependencies, press: TimedPress): Promise<InvokeResponse> {
  const { technician, conversation, inputs } = press;
  if (isForeign(press)) return sentence(pressTexts.notYours);
  if (conversation.kind !== 'personal') return sentence(chatReplies.historyElsewhere);
  const named = inputs['of'] === undefined || inputs['of'] === '' ? undefined : inputs['of'];
  return card(await buildHistory(dependencies, technician, named, readNumber(inputs['from'])));
}

/** Answers `Help`. */
export async function showHelp(
  { resets }: ListDependencies,
  { technician, conversation }: TimedPress,
): Promise<InvokeResponse> {
  return card(renderHelp(await resets.rightsOf(technician), conversation.kind !== 'personal'));
}

/** Answers `Cancel` in the row of a request. */
export async function cancelListed(dependencies: ListDependencies, press: TimedPress): Promise<InvokeResponse> {
  const { resets } = dependencies;
  const cancelled = await resets.cancel(idOf(press), press.technician);
  if (cancelled.kind !== 'as-it-stands') return rejectPress(cancelled.kind);
  const { request } = cancelled;
  await withinAnswerTime(dependencies, press, resets.run(request), request);
  const tell = request.state === 'cancelled' ? listTexts.cancelled : listTexts.notCancelled;
  return showAgain(dependencies, press, tell(nameOf(request)));
}

/** Answers `Hide password` in the row of a request. */
export async function hideListed(dependencies: ListDependencies, press: TimedPress): Promise<InvokeResponse> {
  const id = idOf(press);
  const hidden = await answerInTime(dependencies, press, dependencies.resets.acknowledge(id, press.technician));
  if (hidden.kind === 'late') return sentence(pressTexts.beingHidden);
  if (hidden.kind !== 'as-it-stands') return rejectPress(hidden.kind);
  const { request } = hidden;
  // The message could not be changed yet, so the password may still be seen there.
  if (request.state === 'delivered') return sentence(pressTexts.beingHidden);
  const tell = request.state === 'hidden' ? listTexts.hidden : listTexts.notHidden;
  return showAgain(dependencies, press, tell(nameOf(request)));
}

/**
 * Hides the one password of this person that is shown, as its button does. Words may mean another person, and others may read
 * along; then, and where several are shown, the answer is the list with the buttons.
 */
export async function hideByWords(
  dependencies: ListDependencies,
  technician: Technician,
  conversation: Conversation,
  isNamed: boolean,
): Promise<{ readonly kind: 'card'; readonly card: Card } | { readonly kind: 'text'; readonly text: string }> {
  const { resets } = dependencies;
  const [only, ...others] = (await resets.unfinished(technician)).requests.filter(isPasswordKept);
  if (conversation.kind !== 'personal' || others.length > 0 || (only !== undefined && isNamed))
    return { kind: 'card', card: await buildStatus(dependencies, technician, conversation) };
  const hidden = only && (await resets.acknowledge(only.id, technician));
  if (hidden?.kind !== 'as-it-stands') return { kind: 'text', text: chatReplies.nothingToHide };
  return { kind: 'text', text: formatCancellation({ kind: 'closed', request: hidden.request }) };
}

/** Answers `Cancel` in the row of a question. */
export async function cancelListedQuestion(dependencies: ListDependencies, press: TimedPress): Promise<InvokeResponse> {
  const id = asId<QuestionId>(press.inputs['request'] ?? '');
  const closing = await dependencies.resets.cancelQuestion(id, press.technician);
  if (closing.kind === 'nothing-chosen') return sentence(pressTexts.unknownCard);
  if (closing.kind !== 'taken') return rejectPress(closing.kind);
  const { question, done } = closing;
  await withinAnswerTime<unknown>(dependencies, press, done, undefined);
  const tell = question.state === 'cancelled' ? listTexts.questionClosed : listTexts.questionOver;
  return showAgain(dependencies, press, tell(describeWhom(question)));
}

async function showAgain(
  dependencies: ListDependencies,
  { technician, conversation, inputs }: TimedPress,
  note: string,
): Promise<InvokeResponse> {
  const from = readNumber(inputs['from']);
  return card(await buildStatus(dependencies, technician, conversation, { from, note }));
}

function isForeign({ inputs, technician }: TimedPress): boolean {
  return inputs['for'] !== undefined && inputs['for'] !== markOwner(technician);
}

/** A number of a row, as a card sent it back: whatever is none is the first one. */
function readNumber(text: string | undefined): number {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

function nameOf({ target }: ResetRequest): string {
  return sanitizeName(target.user.displayName);
}
