import type { MessageAddress } from '../../people/conversation.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';

/** Says on a placeholder that came second that nothing will appear in it. Best effort: it holds no secret. */
export async function retirePlaceholder(tools: Tools, request: ResetRequest, address: MessageAddress): Promise<void> {
  const put = await tools.messages.retirePlaceholder(request, address);
  tools.log({ level: 'info', event: 'placeholder-retired', correlationId: request.correlationId, why: put.kind });
}
