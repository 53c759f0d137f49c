import type { ServerResponse } from 'node:http';

/** The calls the bot makes. */
export type ConnectorCall = 'create' | 'post' | 'update' | 'member' | 'members';

/** What can go wrong with one call. With `delivered` the call takes effect before it goes wrong. */
export type ConnectorFault = { readonly delivered?: boolean } & (
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A page of a proxy or a captive portal, with status 200. */
  | { readonly kind: 'page'; readonly contentType: string | undefined; readonly body: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'half-an-answer' }
  | { readonly kind: 'slow'; readonly until: Promise<void> }
);

/** Plays a fault; true where the call is then answered as usual. */
export async function playFault(fault: ConnectorFault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, { 'Content-Type': 'application/json', ...fault.headers });
      response.end(JSON.stringify({ error: { code: fault.code ?? 'Fault', message: 'A fault was asked for.' } }));
      return false;
    case 'page':
      response.writeHead(200, fault.contentType === undefined ? {} : { 'Content-Type': fault.contentType });
      response.end(fault.body);
      return false;
    case 'reset':
      response.socket?.resetAndDestroy();
      return false;
    case 'silence':
      return false;
    case 'half-an-answer':
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 });
      response.write('{"id":');
      return false;
    case 'slow':
      await fault.until;
      return true;
  }
}
