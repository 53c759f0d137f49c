import type { ServerResponse } from 'node:http';

/** restify changes `writeHead` for the whole process so that it returns nothing; so nothing is chained to it. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
