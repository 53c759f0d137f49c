import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Clock } from '../../base/index.ts';

const mostBytes = 256 * 1024;
const deepestNesting = 32;

/** A JSON object, a refusal with its HTTP status, or a client that went away while it was sending. */
type BodyResult =
  | { readonly kind: 'read'; readonly value: object }
  | { readonly kind: 'refused'; readonly status: 400 | 408 | 413 | 415; readonly why: string }
  | { readonly kind: 'aborted' };

/**
 * Reads the JSON object that a request carries: at most 256 KB, counted as they come in and never unpacked, at most 32
 * levels deep, and all of it within `milliseconds`. What the headers already rule out is refused before the first byte
 * is read; `beforeReading` is called when they do not. After a refusal the rest of the body is unread.
 */
export async function readJsonBody(
  request: IncomingMessage,
  {
    clock,
    milliseconds,
    beforeReading,
  }: { readonly clock: Clock; readonly milliseconds: number; readonly beforeReading: () => void },
): Promise<BodyResult> {
  const refusal = refuseByHeaders(request.headers);
  if (refusal !== undefined) return refusal;
  beforeReading();
  const bytes = await readBytes(request, clock, milliseconds);
  return Buffer.isBuffer(bytes) ? parseJsonObject(bytes) : bytes;
}

function refused(status: 400 | 408 | 413 | 415, why: string) {
  return { kind: 'refused', status, why } as const;
}

function refuseByHeaders(headers: IncomingHttpHeaders): BodyResult | undefined {
  if (Number(headers['content-length'] ?? 0) > mostBytes) return refused(413, 'a body may have 256 KB at most');
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') return refused(415, 'a body may not be compressed');
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') return refused(415, 'a body has to be application/json');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset)) return refused(415, 'a body has to be UTF-8');
  return undefined;
}

function readBytes(
  request: IncomingMessage,
  clock: Clock,
  milliseconds: number,
): Promise<Buffer | Exclude<BodyResult, { kind: 'read' }>> {
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
      if (length > mostBytes) settle(refused(413, 'a body may have 256 KB at most'));
    };
    const end = () => {
      settle(Buffer.concat(chunks));
    };
    const abort = () => {
      settle({ kind: 'aborted' });
    };
    const stopWaiting = clock.after(milliseconds, () => {
      settle(refused(408, 'the body took too long'));
    });
    // A broken connection is told by `error` and `close`; an `error` nobody listens to would end the process.
    request.on('data', take).on('end', end).on('close', abort).on('error', abort);
    request.on('error', () => undefined);
  });
}

function parseJsonObject(bytes: Buffer): BodyResult {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (isNestedTooDeep(text, deepestNesting)) return refused(400, 'a body may have 32 levels at most');
    value = JSON.parse(text);
  } catch {
    return refused(400, 'the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused(400, 'a body has to be an object');
  return { kind: 'read', value };
}

/** Whether arrays and objects in a JSON text are nested more than `deepest` levels; nothing is built to find out. */
function isNestedTooDeep(json: string, deepest: number): boolean {
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
      if (depth > deepest) return true;
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
  return false;
}
