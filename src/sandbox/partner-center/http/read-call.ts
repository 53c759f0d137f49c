import type { IncomingMessage } from 'node:http';
import type { Call } from './call.ts';

const longestBody = 64 * 1024;

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
      if (length > longestBody) return undefined;
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
