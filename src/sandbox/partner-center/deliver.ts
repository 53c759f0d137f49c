import type { ServerResponse } from 'node:http';
import type { Delivery } from './faults/delivery.ts';
import { sendAnswer } from './http/send-answer.ts';

/** Ends a call on the wire, and gives the status that was sent, or undefined. */
export function deliver(response: ServerResponse, delivery: Delivery, bom: boolean): number | undefined {
  switch (delivery.kind) {
    case 'answer':
      sendAnswer(response, delivery.answer, bom || delivery.bom === true);
      return delivery.answer.status;
    case 'cut-off': {
      const { answer } = delivery;
      const text = answer.body.kind === 'json' ? JSON.stringify(answer.body.json) : '';
      response.writeHead(answer.status, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(text) + 1,
      });
      response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.socket?.destroy());
      return answer.status;
    }
    case 'silence':
      return undefined;
    case 'disconnect':
      response.socket?.resetAndDestroy();
      return undefined;
  }
}
