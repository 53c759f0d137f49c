import { asId, type QuestionId, type ResetRequestId } from '../ids.ts';
import type { MessageAddress } from '../reset/identity.ts';
import type { ResetRequest } from '../reset/request.ts';
import type { Cancellation, Confirmation } from '../reset/use-cases/confirmation.ts';
import { answerChoosing } from './answer-choosing.ts';
import { answerDecision } from './answer-decision.ts';
import { atMost } from './at-most.ts';
import { verbs } from './cards/verbs.ts';
import type { BotParts } from './create-bot.ts';
import type { Incoming } from './incoming.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { answers } from './texts/answers.ts';
import { proofTexts } from './texts/proof-texts.ts';

/** A click is answered within three seconds: with the outcome if it is there by then, else with what is under way. */
const answerWithinMilliseconds = 2500;

const late = { kind: 'late' } as const;

/**
 * Answers a press. Rule: of a card only the verb, an id and the inputs are read; whose request or question that is and
 * how it stands is looked up. A client that refreshes a card by itself has pressed nothing.
 */
export async function answerPress(parts: BotParts, press: Extract<Incoming, { kind: 'press' }>): Promise<InvokeAnswer> {
  const { resets, render } = parts;
  const { technician, data } = press;
  if (press.trigger === 'automatic') return says(answers.unknownButton);
  const id = asId<ResetRequestId>(data['request'] ?? '');
  switch (press.verb) {
    case verbs.reset: {
      const said = { verification: data['verification'] ?? '', ticket: data['ticket'] ?? '' };
      const pressedOn = addressOf(press);
      return answerConfirmation(parts, pressedOn, await resets.confirm(id, technician, said, pressedOn));
    }
    case verbs.cancel: {
      const cancelled = await resets.cancel(id, technician);
      if (cancelled.kind !== 'as-it-stands') return sayNot(cancelled.kind);
      return {
        kind: 'card',
        card: render.card(await inTime(parts, resets.carryOn(cancelled.request), cancelled.request)),
      };
    }
    case verbs.approve:
      return answerDecision(parts, resets.takeDecision(id, technician, press.conversation, 'approved'));
    case verbs.decline:
      return answerDecision(parts, resets.takeDecision(id, technician, press.conversation, 'declined'));
    case verbs.choose:
      return choose(parts, press);
    case verbs.cancelQuestion:
      return answerChoosing(parts, await resets.cancelQuestion(asId<QuestionId>(data['question'] ?? ''), technician));
    case verbs.passedOn: {
      const passing: Promise<Cancellation | typeof late> = resets.passOn(id, technician);
      const passed = await atMost(parts.clock, answerWithinMilliseconds, passing, late);
      if (passed.kind === 'late') return says(answers.beingHidden);
      if (passed.kind !== 'as-it-stands') return sayNot(passed.kind);
      return { kind: 'card', card: render.directMessage(passed.request, undefined) };
    }
    case verbs.reveal: {
      if (press.conversation.kind !== 'personal') return says(answers.unknownButton);
      const revealed = await resets.reveal(id, technician);
      switch (revealed.kind) {
        case 'revealed':
          return { kind: 'card', card: render.directMessage(revealed.request, revealed.password) };
        case 'as-it-stands':
          return { kind: 'card', card: render.directMessage(revealed.request, undefined) };
        case 'not-here':
          return says(answers.passwordElsewhere(revealed.request.correlationId));
        case 'unreadable':
          return says(answers.passwordUnreadable(revealed.request.correlationId));
        case 'unknown':
        case 'not-yours':
          return sayNot(revealed.kind);
      }
    }
    // falls through
    default:
      return says(answers.unknownButton);
  }
}

/** The message that holds the button. */
function addressOf({
  conversation,
  replyToId,
}: Pick<Extract<Incoming, { kind: 'press' }>, 'conversation' | 'replyToId'>): MessageAddress | undefined {
  return replyToId === undefined ? undefined : { conversation, activityId: replyToId };
}

async function answerConfirmation(
  parts: BotParts,
  pressedOn: MessageAddress | undefined,
  confirmation: Confirmation,
): Promise<InvokeAnswer> {
  if ('request' in confirmation && pressedOn !== undefined) {
    parts.resets.pressedOn(confirmation.request, pressedOn);
  }
  const card = (request: ResetRequest): InvokeAnswer => ({ kind: 'card', card: parts.render.card(request) });
  switch (confirmation.kind) {
    case 'begun':
      return card(await inTime(parts, confirmation.done, confirmation.request));
    case 'as-it-stands':
      return card(await inTime(parts, parts.resets.carryOn(confirmation.request), confirmation.request));
    case 'proof-lacking':
      return says(proofTexts[confirmation.lack]);
    case 'unknown':
    case 'not-yours':
      return sayNot(confirmation.kind);
  }
}

async function choose(parts: BotParts, press: Extract<Incoming, { kind: 'press' }>): Promise<InvokeAnswer> {
  const { technician, conversation, data } = press;
  const id = asId<QuestionId>(data['question'] ?? '');
  const watch = parts.patience.watch(conversation);
  const choosing = await parts.resets
    .choose(id, technician, data['choice'] ?? '', watch.progress)
    .catch(async (failure: unknown) => {
      await watch.end();
      throw failure;
    });
  const done: Promise<unknown> = choosing.kind === 'taken' ? choosing.done : Promise.resolve();
  parts.patience.goOn(
    conversation,
    done.then(
      () => watch.end(),
      () => watch.end(),
    ),
  );
  return answerChoosing(parts, choosing);
}

/** The request as it stands when its work rests, or as it stood at the press if that takes longer or fails. */
function inTime({ clock }: BotParts, done: Promise<ResetRequest>, atPress: ResetRequest): Promise<ResetRequest> {
  return atMost(clock, answerWithinMilliseconds, done, atPress);
}

function says(text: string): InvokeAnswer {
  return { kind: 'message', text };
}

function sayNot(kind: 'unknown' | 'not-yours'): InvokeAnswer {
  return says(kind === 'unknown' ? answers.unknownCard : answers.notYours);
}
