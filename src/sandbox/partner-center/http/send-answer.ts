import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** Sends an answer whole; the length is said, so it arrives in one piece or not at all. */
export function sendAnswer(response: ServerResponse, answer: Answer, bom: boolean): void {
  const [type, text] = typeAndText(answer, bom);
  const bytes = Buffer.from(text, 'utf8');
  response.writeHead(answer.status, {
    ...(type === undefined ? {} : { 'Content-Type': type }),
    'Content-Length': bytes.length,
    ...answer.headers,
  });
  response.end(bytes);
}

function typeAndText({ body }: Answer, bom: boolean): [type: string | undefined, text: string] {
  switch (body.kind) {
    case 'json':
      return ['application/json; charset=utf-8', (bom ? '\uFEFF' : '') + JSON.stringify(body.json)];
    case 'text':
      return [body.type, body.text];
    case 'none':
      return [undefined, ''];
  }
}
