import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, teamsTunables } from '../../base/index.ts';

const tooLong = `a body may have ${teamsTunables.maxBodyBytes / 1024} KB at most`;
const tooDeep = `a body may have ${teamsTunables.maxJsonDepth} levels at most`;

/** A JSON object, a refusal with its HTTP status, or a client that closed the connection while it was sending. */
type BodyResult =
  | { readonly kind: 'read'; readonly value: object }
  | { readonly kind: 'refused'; readonly status: 400 | 408 | 413 | 415; readonly why: string }
  | { readonly kind: 'aborted' };

/**
 * Reads the JSON object that a request carries, uncompressed and within the limits of `teamsTunables` on size, nesting
 * and time. A body that the headers rule out is refused before its first byte is read. After a refusal the rest of the
 * body is unread.
 *
 * @param beforeReading called once the headers have passed, for `100 Continue`
 */
export async function readJsonBody(
  request: IncomingMessage,
  { clock, beforeReading }: { readonly clock: Clock; readonly beforeReading: () => void },
): Promise<BodyResult> {
  const refusal = refuseByHeaders(request.headers);
  if (refusal !== undefined) return refusal;
  beforeReading();
  const bytes = await readBytes(request, clock);
  return Buffer.isBuffer(bytes) ? parseJsonObject(bytes) : bytes;
}

function refused(status: 400 | 408 | 413 | 415, why: string) {
  return { kind: 'refused', status, why } as const;
}

function refuseByHeaders(headers: IncomingHttpHeaders): BodyResult | undefined {
  if (Number(headers['content-length'] ?? 0) > teamsTunables.maxBodyBytes) return refused(413, tooLong);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') return refused(415, 'a body may not be compressed');
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') return refused(415, 'a body has to be application/json');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset)) return refused(415, 'a body has to be UTF-8');
  return undefined;
}

function readBytes(request: IncomingMessage, clock: Clock): Promise<Buffer | Exclude<BodyResult, { kind: 'read' }>> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (outcome: Parameters<typeof resolve>[0]) => {
      stopWaiting();
      request.off('data', take).off('end', end).off('close', abort).off('error', abort);
      request.pause();
      resolve(outcome);
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > teamsTunables.maxBodyBytes) settle(refused(413, tooLong));
    };
    const end = () => {
      settle(Buffer.concat(chunks));
    };
    const abort = () => {
      settle({ kind: 'aborted' });
    };
    const stopWaiting = clock.after(teamsTunables.bodyTimeoutMilliseconds, () => {
      settle(refused(408, 'the body took too long'));
    });
    // A broken connection emits `error` and `close`. An `error` without a listener would end the process.
    request.on('data', take).on('end', end).on('close', abort).on('error', abort);
    request.on('error', () => undefined);
  });
}

function parseJsonObject(bytes: Buffer): BodyResult {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (isNestedTooDeep(text)) return refused(400, tooDeep);
    value = JSON.parse(text);
  } catch {
    return refused(400, 'the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused(400, 'a body has to be an object');
  return { kind: 'read', value };
}

/** Whether arrays and objects in a JSON text are nested too deep. It is found without building any of them. */
function isNestedTooDeep(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > teamsTunables.maxJsonDepth) return true;
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
  return false;
}

/** A status and a small JSON object, or no body at all. */
export type HttpResponse = { readonly status: number; readonly body: object | undefined };

/**
 * Answers a request. If its body was not read to the end, the connection is closed after the answer. A client that is
 * still sending would see a reset instead of the answer, so some more of the body is read and discarded first.
 */
export function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: HttpResponse,
  {
    clock,
    thenClose,
  }: {
    readonly clock: Clock;
    /** Whether the connection is closed even if the body was read. */
    readonly thenClose: boolean;
  },
): void {
  const payload = body === undefined ? '' : JSON.stringify(body);
  const isUnread = hasBody(request) && !request.complete;
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': Buffer.byteLength(payload),
    ...(body !== undefined && { 'Content-Type': 'application/json; charset=utf-8' }),
    ...((isUnread || thenClose) && { Connection: 'close' }),
  });
  if (!isUnread) {
    response.end(request.method === 'HEAD' ? undefined : payload);
    return;
  }
  response.flushHeaders();
  if (payload !== '' && request.method !== 'HEAD') response.write(payload);
  let left = teamsTunables.maxDiscardedBytes;
  const end = () => {
    stopWaiting();
    response.end();
  };
  const stopWaiting = clock.after(teamsTunables.discardMilliseconds, end);
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  request.once('end', end).once('close', end).on('error', end);
  request.resume();
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
