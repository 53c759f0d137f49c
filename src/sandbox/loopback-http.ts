import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A request as it came in. */
export type Call = {
  readonly method: string;
  /** The path as sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The caller's port: the same for calls over the same connection. */
  readonly remotePort: number;
};

/** What is answered: JSON, or a text of some type, or nothing. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body:
    | { readonly kind: 'json'; readonly json: Json }
    | { readonly kind: 'text'; readonly type: string; readonly text: string }
    | { readonly kind: 'none' };
};

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object of JSON; fields that are undefined are left out when it is written. */
export type JsonObject = { readonly [name: string]: Json | undefined };

/** Reads a text as an object of JSON; undefined where it is anything else. */
export function readJsonObject(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object, not null and no list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const maxBodyBytes = 64 * 1024;

/** Reads a request whole; undefined where its body is longer than 64 KB or breaks off. */
export async function readCall(request: IncomingMessage): Promise<Call | undefined> {
  const { method = '', url = '', socket } = request;
  const remotePort = socket.remotePort ?? 0;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > maxBodyBytes) return undefined;
      chunks.push(bytes);
    }
  } catch {
    return undefined;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = value.toString();
  }
  const [path = '', ...search] = url.split('?');
  const query = new URLSearchParams(search.join('?'));
  return { method, path, query, headers, body: Buffer.concat(chunks).toString('utf8'), remotePort };
}

/** Sends an answer whole; the length is said, so it arrives in one piece or not at all. */
export function sendAnswer(response: ServerResponse, answer: Answer, bom: boolean): void {
  const [type, text] = encodeBody(answer, bom);
  const bytes = Buffer.from(text, 'utf8');
  response.writeHead(answer.status, {
    ...(type === undefined ? {} : { 'Content-Type': type }),
    'Content-Length': bytes.length,
    ...answer.headers,
  });
  response.end(bytes);
}

function encodeBody({ body }: Answer, bom: boolean): [type: string | undefined, text: string] {
  switch (body.kind) {
    case 'json':
      return ['application/json; charset=utf-8', (bom ? '\uFEFF' : '') + JSON.stringify(body.json)];
    case 'text':
      return [body.type, body.text];
    case 'none':
      return [undefined, ''];
  }
}

/** How a call ends on the wire. */
export type Delivery =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly bom?: boolean }
  | { readonly kind: 'cut-off'; readonly answer: Answer }
  | { readonly kind: 'silence' }
  | { readonly kind: 'disconnect' };

/** Ends a call on the wire, and gives the status that was sent, or undefined. */
export function sendDelivery(response: ServerResponse, delivery: Delivery, bom: boolean): number | undefined {
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

/** What happens to a call in place of its answer. `after`: it is carried out, and the answer is lost. `silence`: no answer ever comes. */
export type PlantedFault =
  { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'lost' | 'after' | 'silence' };

/** Makes a server on loopback that answers each call by `answer`, after `note` has seen it, unless a planted fault strikes it. */
export function createPretendServer(answer: (call: Call) => Answer, note: (call: Call) => void) {
  let planted: (call: Call) => PlantedFault | undefined = () => undefined;
  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, textAnswer(500, 'The pretend service has a defect.'), false);
    });
  });
  return {
    ...listenOnLoopback(server),
    /** Asked before each call: what happens to it. */
    plant(fault: (call: Call) => PlantedFault | undefined): void {
      planted = fault;
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    if (call === undefined) {
      sendAnswer(response, textAnswer(413, 'Too long.'), false);
      return;
    }
    note(call);
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

export function jsonAnswer(status: number, json: Json, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { kind: 'json', json } };
}

export function textAnswer(status: number, text: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, body: { kind: 'text', type, text } };
}

/** Opens a server on 127.0.0.1 and nowhere else, and closes it with all its connections. */
export function listenOnLoopback(server: Server): {
  listen(where?: { readonly port?: number; readonly host?: '127.0.0.1' }): Promise<{ readonly url: string }>;
  close(): Promise<void>;
} {
  return {
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      server.once('error', reject);
      server.listen({ port, host }, resolve);
      await promise;
      server.off('error', reject);
      const address = server.address();
      const open = typeof address === 'object' && address !== null ? address.port : port;
      return { url: `http://${host}:${open}` };
    },
    async close() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
      await promise;
    },
  };
}
