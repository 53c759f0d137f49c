import type { ResetRequestId } from '../../src/ids.ts';
import type { ResetWorld } from '../support/reset-world.ts';

/** What is not as it was promised for a request that is over, each by its name: nothing where all is well. */
export async function findBrokenPromises(world: ResetWorld, id: ResetRequestId): Promise<readonly string[]> {
  const request = await world.stands(id);
  const { tries } = world.partner;
  const trail = (await world.readTrail()).filter((one) => one.requestId === id && one.kind !== 'click-refused');
  const promises: readonly (readonly [string, boolean])[] = [
    ['one request, one password', new Set(tries.map(({ password }) => password)).size <= 1],
    ['one operation, one id', new Set(tries.map(({ operationId }) => operationId)).size <= 1],
    ['what is delivered is in force', world.chats.delivered.every((one) => one === world.partner.passwordInForce)],
    ['no PATCH once delivery has begun', isPatchBeforeDelivery(world.journal)],
    ['no try out of turn', world.partner.broken.length === 0],
    ['no password out of turn', world.chats.broken.length === 0],
    ['every step has its record', trail.length === request.version],
    ['hidden when its time is up', world.chats.shown().every((message) => message?.password === undefined)],
    ['over', request.state === 'hidden'],
    ['no secret at rest or in a log', !(await world.readEverySink()).includes('CANARY')],
  ];
  return promises.filter(([, holds]) => !holds).map(([name]) => name);
}

function isPatchBeforeDelivery(journal: readonly string[]): boolean {
  const begun = journal.indexOf('delivery-begun');
  return begun === -1 || journal.lastIndexOf('PATCH') < begun;
}
