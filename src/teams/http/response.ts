import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../base/index.ts';

const mostDiscardedBytes = 8 * 1024 * 1024;
const longestLingerMilliseconds = 2000;

/** A status and a small JSON object, or no body at all. */
export type HttpResponse = { readonly status: number; readonly body: object | undefined };

/**
 * Answers a request. Where its body was not read to the end the connection is closed, but not at once: a client that
 * is still sending would see a reset instead of the answer. So a little more is thrown away, for two seconds at most.
 */
export function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: HttpResponse,
  { clock, thenClose }: { readonly clock: Clock; readonly thenClose: boolean },
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
  let left = mostDiscardedBytes;
  const end = () => {
    stopWaiting();
    response.end();
  };
  const stopWaiting = clock.after(longestLingerMilliseconds, end);
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
