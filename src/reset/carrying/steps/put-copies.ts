import type { PutOutcome } from '../../ports/messages.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';

/** Shows on every copy of the card that asked for an approval how the request stands; the least that one of them took. */
export async function putCopies({ messages }: Pick<Tools, 'messages'>, request: ResetRequest): Promise<PutOutcome> {
  const cards = (request.approval?.places ?? []).flatMap(({ card }) => card ?? []);
  const outcomes = await Promise.all(cards.map((card) => messages.putApproval(request, card)));
  const again = outcomes.find(({ kind }) => kind === 'try-again');
  return again ?? outcomes.find(({ kind }) => kind !== 'done') ?? { kind: 'done' };
}
