import type { RecordedCall } from '../../src/sandbox/partner-center/pretend-partner-center.ts';
import type { ReceivedCall } from './fake-connector.ts';
import type { Sink } from './find-canaries.ts';

/** Everything that a bot has said or written. */
export type Traces = {
  readonly log: readonly string[];
  readonly alarms: readonly object[];
  /** What lies in its data folder, perhaps as read more than once. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  readonly toConnector: readonly ReceivedCall[];
  readonly toPartnerCenter: readonly RecordedCall[];
  /** The bodies of its HTTP answers. */
  readonly answers: readonly { readonly path: string; readonly body: string }[];
  /** The exported audit trail. */
  readonly exported: string;
};

/**
 * All that may hold something it should not, with the one place marked that is meant for the password: the message of the
 * 1:1 when it is updated to show one, or with `reveal` the answer that is that message's card. A number on file may stand in a
 * message of somebody's own chat, in the answer that is the confirmation of such a chat, and nowhere else.
 */
export function gatherSinks(traces: Traces, delivery: 'message' | 'reveal'): readonly Sink[] {
  const { log, alarms, files, toConnector, toPartnerCenter, answers, exported } = traces;
  const isOwnChat = (path: string): boolean => /^\/v3\/conversations\/a(?::|%3A)/i.test(path);
  const askedIn = (own: boolean) =>
    new Set(toConnector.filter(({ path }) => isOwnChat(path) === own).flatMap(({ body }) => requestsIn(body)));
  const [inOwnChat, amongOthers] = [askedIn(true), askedIn(false)];
  return [
    ...log.map((text, index) => ({ name: `line ${index + 1} of the log`, text })),
    ...alarms.map((alarm) => ({ name: 'an alarm', text: Object.values(alarm).map(String).join(' ') })),
    ...files.map(({ file, text }) => ({ name: `the file ${file}`, text })),
    ...toConnector.map(({ call, method, path, body }) => {
      const isPut = delivery === 'message' && method === 'PUT' && /^\/v3\/conversations\/a(?::|%3A)1-/i.test(path);
      return {
        name: `a ${call} to Teams`,
        text: `${path} ${body}`,
        mayHoldPassword: isPut && body.includes('"id":"password"'),
        // The technician's own chats: the one they typed in, and the one that the bot opened. All others are among others.
        mayHoldNumber: isOwnChat(path),
        mayHoldPass: isPut && body.includes('"id":"access-pass"'),
      };
    }),
    ...toPartnerCenter.map(({ method, path, query, headers }) => ({
      name: `the address or a header of a ${method} to Partner Center`,
      text: `${path}?${String(query)} ${Object.values(headers).join(' ')}`,
    })),
    ...answers.map(({ path, body }) => ({
      name: `an answer of ${path}`,
      text: body,
      mayHoldPassword: delivery === 'reveal' && body.includes('"id":"direct-message"'),
      mayHoldPass: delivery === 'reveal' && body.includes('"id":"access-pass"'),
      mayHoldNumber:
        body.includes('"id":"confirmation"') &&
        requestsIn(body).every((id) => inOwnChat.has(id) && !amongOthers.has(id)),
    })),
    { name: 'the exported audit trail', text: exported },
  ];
}

/** The ids of requests that the buttons of a card carry. */
function requestsIn(body: string): readonly string[] {
  return [...body.matchAll(/"request":"([^"]+)"/g)].map(([, id = '']) => id);
}
