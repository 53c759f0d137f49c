import { asId, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import type { Conversation, ResetUseCases, Technician } from '../../reset/index.ts';
import { formatFreezeResult, pressTexts } from '../../texts/index.ts';
import { type InvokeResponse, verbs } from '../activity/card-actions.ts';
import type { Card } from '../cards/card-template.ts';
import { renderFreezeQuestion, renderFreezing, renderNoFreeze } from '../cards/freeze.ts';
import type { TeamsMessages } from '../connector/messages.ts';
import { markOwner } from './card-owner.ts';
import type { PressDependencies, TimedPress } from './press.ts';

/** What the card `freeze` is made of, and what its buttons do. */
export type FreezeDependencies = Pick<PressDependencies, 'clock' | 'progress'> & {
  readonly resets: Pick<ResetUseCases, 'freeze' | 'freezeChoices' | 'freezeChosen'>;
  readonly messages: Pick<TeamsMessages, 'putCard'>;
};

/** The answer to `freeze` and nothing else: the card that asks what to freeze, or why this person may freeze nothing so. */
export async function askWhatToFreeze(
  { resets, clock }: FreezeDependencies,
  technician: Technician,
  conversation: Conversation,
): Promise<{ readonly kind: 'card'; readonly card: Card } | { readonly kind: 'text'; readonly text: string }> {
  const choices = await resets.freezeChoices(technician, conversation);
  if (choices.kind !== 'choices')
    return { kind: 'text', text: formatFreezeResult({ kind: choices.kind }, conversation) };
  if (!choices.everything && choices.customers.length === 0)
    return { kind: 'text', text: formatFreezeResult({ kind: 'only-single-customers' }, conversation) };
  const until = clock.now() + useCaseTunables.answerValidMilliseconds;
  return { kind: 'card', card: renderFreezeQuestion(choices, { owner: markOwner(technician), until }) };
}

/**
 * Answers a press on the card `freeze`. The right is looked up anew. A press of
 * another person, or one that comes late, freezes nothing. The message shows from then on what happened, too.
 */
export async function handleFreezePress(dependencies: FreezeDependencies, press: TimedPress): Promise<InvokeResponse> {
  const { resets, clock } = dependencies;
  const { technician, inputs, verb } = press;
  if (inputs['for'] !== markOwner(technician)) return { kind: 'message', text: pressTexts.notYours };
  const by = { technician, at: clock.now() };
  if (verb === verbs.cancelFreeze) return show(renderNoFreeze('cancelled', press.conversation, by));
  if (!isInTime(inputs['until'], by.at)) return show(renderNoFreeze('expired', press.conversation, by));
  if (verb === verbs.freezeEverything)
    return show(renderFreezing(await resets.freeze(technician, undefined), press.conversation, by));
  const choice = inputs['choice'] ?? '';
  if (choice === '') return { kind: 'message', text: pressTexts.nothingChosen };
  const freezing = await resets.freezeChosen(technician, asId<ResetRequestId>(choice));
  switch (freezing.kind) {
    case 'unknown':
      return { kind: 'message', text: pressTexts.unknownCard };
    case 'not-yours':
      return { kind: 'message', text: pressTexts.notYours };
    case 'frozen':
    case 'already':
    case 'unclear':
    case 'only-single-customers':
    case 'not-a-technician':
    case 'groups-unknown':
      return show(renderFreezing(freezing, press.conversation, by));
  }

  function show(card: Card): InvokeResponse {
    const { conversation, replyToId } = press;
    if (replyToId !== undefined) {
      const put = dependencies.messages.putCard({ conversation, activityId: replyToId }, card);
      dependencies.progress.runInBackground(conversation, put);
    }
    return { kind: 'card', card };
  }
}

/** Whether the card was made a short time ago. A card that was left behind must not freeze anything days later. */
function isInTime(until: string | undefined, now: number): boolean {
  const at = until !== undefined && /^\d{1,15}$/.test(until) ? Number(until) : 0;
  return now < at && at <= now + useCaseTunables.answerValidMilliseconds;
}
