import { Agent, request as send } from 'node:http';
import { teamsActivity } from '../test/support/teams-activity.ts';
import { objectIdOf } from './light-connector.ts';

const people = 50;
const tenantId = '11111111-2222-4333-8444-555555555555';
let sent = 0;

/**
 * Sends `count` messages to a bot, `atOnce` at a time over kept connections, from fifty people in chats of their own.
 * Resolves to the milliseconds each took to be answered. Throws where an answer is none of success.
 */
export async function sendMessages(
  url: string,
  {
    serviceUrl,
    text,
    count,
    atOnce,
  }: { readonly serviceUrl: string; readonly text: string; readonly count: number; readonly atOnce: number },
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  let left = count;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        const began = performance.now();
        await post(agent, `${url}/api/messages`, bodyOf(serviceUrl, text));
        times.push(performance.now() - began);
      }
    }),
  );
  agent.destroy();
  return times;
}

function bodyOf(serviceUrl: string, text: string): string {
  sent += 1;
  const number = sent % people;
  const id = `29:robin-${number}`;
  return JSON.stringify(
    teamsActivity({
      id: `activity-${sent}`,
      serviceUrl,
      text,
      from: { id, name: 'Robin Tech', aadObjectId: objectIdOf(id) },
      conversation: { id: `a:chat-${number}`, conversationType: 'personal', tenantId },
    }),
  );
}

function post(agent: Agent, url: string, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = send(url, { method: 'POST', agent, headers }, (answer) => {
    answer.resume();
    const status = answer.statusCode ?? 0;
    answer.once('end', () => {
      if (status >= 200 && status < 300) resolve();
      else reject(new Error(`a message was answered with ${status}`));
    });
  });
  request.once('error', reject);
  request.end(body);
  return promise;
}
