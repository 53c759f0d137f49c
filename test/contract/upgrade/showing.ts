import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { Secret } from '../../../src/base/secret.ts';
import type { OpenQuestion } from '../../../src/reset/questions/question.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { openSealedPassword } from '../../../src/reset/workflow/sealed-password.ts';
import { createSealer } from '../../../src/store/sealing.ts';
import { createCardRenderer } from '../../../src/teams/cards/card-renderer.ts';
import { formatApprovalOutcome } from '../../../src/texts/approvals.ts';
import { formatUndelivered } from '../../../src/texts/direct-message.ts';
import { formatRefusal } from '../../../src/texts/refusals.ts';
import { asPlain, type ShownQuestion, type ShownRequest } from './recorded.ts';

/** Renders requests and questions in the shape in which they were recorded, at the instant `at`. */
export function createShowing(at: number, sealing: readonly string[]) {
  const sealer = createSealer(
    sealing.map((key) => new Secret(key)),
    () => {
      throw new Error('nothing is sealed here');
    },
  );
  // A row of an older version came without anything of Microsoft Graph.
  const settings = { policy: () => sandboxPolicy, now: () => at, privateFacts: { of: () => undefined } };
  const render = createCardRenderer({ ...settings, delivery: 'message' });
  const onDemand = createCardRenderer({ ...settings, delivery: 'reveal' });
  return {
    /** Everything that a user can see of a request. */
    request(request: ResetRequest): ShownRequest {
      const { id: _id, state, version, correlationId, refusal, approval, sealedPassword } = request;
      const opened =
        sealedPassword && openSealedPassword({ sealer, log: () => undefined, raiseAlarm: () => undefined }, request);
      const password = opened?.kind === 'opened' ? opened.secret : undefined;
      const isDelivered = state === 'delivered';
      const saysEnd = approval !== undefined && ['declined', 'expired', 'refused'].includes(state);
      // Since then a card among others shows less of a person. In the bot's own chat it shows all that was recorded.
      const alone: ResetRequest = { ...request, askedIn: { ...request.askedIn, kind: 'personal' } };
      // The card that asks for approval says in which kind of chat it was asked.
      const asks = ['awaiting-approval', 'approved', 'message-open', 'sealed', 'resetting'].includes(state);
      return asPlain({
        state,
        version,
        correlationId,
        password: password?.reveal((text) => text),
        card: render.card(alone),
        approval: approval && render.approval(asks ? request : alone),
        directMessage: request.directMessage && render.directMessage(request, undefined),
        withPassword: isDelivered && password !== undefined ? render.directMessage(request, password) : undefined,
        onDemand: isDelivered ? onDemand.directMessage(request, undefined) : undefined,
        undelivered: state === 'delivering' ? formatUndelivered(request) : undefined,
        refusal: refusal && formatRefusal(refusal, correlationId),
        endOfWait: saysEnd ? formatApprovalOutcome(request) : undefined,
      });
    },
    question(question: OpenQuestion): ShownQuestion {
      const { state, version, closing } = question;
      return asPlain({
        state,
        version,
        card: closing?.kind === 'said-in-words' ? undefined : render.question(question),
      });
    },
  };
}
