import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type Answer,
  type Call,
  type Json,
  listenOnLoopback,
  readCall,
  sendAnswer,
} from '../../src/sandbox/partner-center/http.ts';

/** What happens to a call in place of its answer. `after`: it is carried out, and the answer is lost. `silence`: no answer ever comes. */
export type TicketServerFault =
  { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'lost' | 'after' | 'silence' };

/** Serves a fake ticket system on loopback. */
export async function serveTickets(answer: (call: Call) => Answer) {
  const calls: Call[] = [];
  let planted: (call: Call) => TicketServerFault | undefined = () => undefined;
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const loopback = listenOnLoopback(server);
  const { url } = await loopback.listen();
  return {
    url,
    calls,
    close: () => loopback.close(),
    plant: (fault: (call: Call) => TicketServerFault | undefined): void => {
      planted = fault;
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    if (call === undefined) {
      response.destroy();
      return;
    }
    calls.push(call);
    const fault = planted(call);
    switch (fault?.kind) {
      case undefined:
        sendAnswer(response, answer(call), false);
        return;
      case 'answer':
        sendAnswer(response, fault.answer, false);
        return;
      case 'after':
        answer(call);
        response.socket?.resetAndDestroy();
        return;
      case 'lost':
        response.socket?.resetAndDestroy();
        return;
      case 'silence':
    }
  }
}

export function json(status: number, value: Json, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { kind: 'json', json: value } };
}

export function text(status: number, value: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { kind: 'text', type: 'text/html', text: value } };
}
