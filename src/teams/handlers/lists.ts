import { createHash } from 'node:crypto';
import { asId, type QuestionId, type ResetRequestId } from '../../base/index.ts';
import {
  type Closing,
  type Conversation,
  namesRequest,
  type ResetRequest,
  type ResetUseCases,
  type Technician,
} from '../../reset/index.ts';
import { chatReplies, listTexts, pressTexts, sanitizeName } from '../../texts/index.ts';
import { card, type InvokeResponse, rejectPress, sentence, verbs } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import { renderHelp } from '../cards/home.ts';
import { renderHistory } from '../cards/history.ts';
import { renderStatus } from '../cards/status.ts';
import type { Card } from '../cards/card-template.ts';
import type { PressDependencies } from './press.ts';
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

type Press = Extract<IncomingActivity, { kind: 'press' }>;

/**
 * A mark by which a card knows whose it is. It proves nothing: whoever makes it up gets what they may have anyway. It keeps a
 * person from turning the pages of a colleague’s card by mistake.
 */
export function markOwner({ tenantId, objectId }: Technician): string {
  return createHash('sha256').update(`locksmith card ${tenantId} ${objectId}`).digest('base64url').slice(0, 16);
}

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
  // The latest alone has a row: older ones were left for another sentence, and would hide what is under way.
  const [latest, ...older] = (await resets.openQuestions(technician)).filter(isHere);
  const freezes = isShared ? [] : await resets.freezes(technician);
  const references = await resets.references(requests);
  const standing = isShared ? undefined : await resets.standingNotes(technician);
  const withheld = isShared ? 0 : unfinished.withheld;
  return renderStatus(
    {
      requests,
      questions: latest === undefined ? [] : [latest],
      olderQuestions: older.length,
      freezes,
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
  const open = { questions: [], freezes: [], withheld: 0 };
  return renderStatus({ ...open, requests: named, references, isShared }, { owner: markOwner(technician), from: 0 });
}

/** The card that asks which of several is to be cancelled, with a button on each. */
export function renderWhichToCancel(
  { requests, questions, references }: Extract<Closing, { kind: 'several' }>,
  technician: Technician,
  { kind }: Conversation,
): Card {
  const open = { requests, questions, references, freezes: [], withheld: 0, isShared: kind !== 'personal' };
  return renderStatus(open, { owner: markOwner(technician), from: 0, note: listTexts.whichToCancel });
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

/**
 * Answers a press on the cards `home`, `help`, `status` and `history`. Undefined where the button is none of theirs. Everything is
 * looked up by the person who presses.
 */
export async function handleListPress(
  dependencies: ListDependencies,
  press: Press,
): Promise<InvokeResponse | undefined> {
  const { resets } = dependencies;
  const { technician, conversation, inputs } = press;
  if (press.trigger === 'automatic') return undefined;
  const id = asId<ResetRequestId>(inputs['request'] ?? '');
  const from = readNumber(inputs['from']);
  const isForeign = inputs['for'] !== undefined && inputs['for'] !== markOwner(technician);
  switch (press.verb) {
    case verbs.status:
      if (isForeign) return sentence(pressTexts.notYours);
      return card(await buildStatus(dependencies, technician, conversation, { from }));
    case verbs.history: {
      if (isForeign) return sentence(pressTexts.notYours);
      if (conversation.kind !== 'personal') return sentence(chatReplies.historyElsewhere);
      const named = inputs['of'] === undefined || inputs['of'] === '' ? undefined : inputs['of'];
      return card(await buildHistory(dependencies, technician, named, from));
    }
    case verbs.help:
      return card(renderHelp(await resets.rightsOf(technician), conversation.kind !== 'personal'));
    case verbs.cancelListed: {
      const cancelled = await resets.cancel(id, technician);
      if (cancelled.kind !== 'as-it-stands') return rejectPress(cancelled.kind);
      const { request } = cancelled;
      await withinAnswerTime(dependencies, resets.run(request), request);
      const tell = request.state === 'cancelled' ? listTexts.cancelled : listTexts.notCancelled;
      return showAgain(tell(nameOf(request)));
    }
    case verbs.hideListed: {
      const hidden = await answerInTime(dependencies, conversation, resets.acknowledge(id, technician));
      if (hidden.kind === 'late') return sentence(pressTexts.beingHidden);
      if (hidden.kind !== 'as-it-stands') return rejectPress(hidden.kind);
      const { request } = hidden;
      const isHidden = request.state === 'hidden' || request.state === 'delivered';
      return showAgain((isHidden ? listTexts.hidden : listTexts.notHidden)(nameOf(request)));
    }
    case verbs.cancelListedQuestion: {
      const closing = await resets.cancelQuestion(asId<QuestionId>(inputs['request'] ?? ''), technician);
      if (closing.kind === 'nothing-chosen') return sentence(pressTexts.unknownCard);
      if (closing.kind !== 'taken') return rejectPress(closing.kind);
      const { question, done } = closing;
      await withinAnswerTime<unknown>(dependencies, done, undefined);
      const tell = question.state === 'cancelled' ? listTexts.questionClosed : listTexts.questionOver;
      return showAgain(tell(sanitizeName(question.asks.typed)));
    }
    default:
      return undefined;
  }

  async function showAgain(note: string): Promise<InvokeResponse> {
    return card(await buildStatus(dependencies, technician, conversation, { from, note }));
  }
}

/** A number of a row, as a card sent it back: whatever is none is the first one. */
function readNumber(text: string | undefined): number {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

function nameOf({ target }: ResetRequest): string {
  return sanitizeName(target.user.displayName);
}
