import type { ServerResponse } from 'node:http';
import { sendJson } from './send-json.ts';

/** How Microsoft Entra refuses, by its own codes, or does not answer. */
export type ProviderFault =
  | { readonly kind: 'refuses'; readonly error: string; readonly code: number; readonly suberror?: string }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'moved' }
  /** Waits with its answer until `proceed` is called. */
  | { readonly kind: 'holds' };

/** Answers a token request with what goes wrong; the words of a refusal hold a secret, as they never should. */
export function playProviderFault(
  fault: Exclude<ProviderFault, { readonly kind: 'holds' }>,
  response: ServerResponse,
  elsewhere: string,
): void {
  switch (fault.kind) {
    case 'refuses': {
      const { error, code, suberror } = fault;
      const description = `AADSTS${code}: refused, CANARY.`;
      sendJson(response, 400, { error, error_description: description, error_codes: [code], suberror });
      return;
    }
    case 'status':
      response.writeHead(fault.status, { 'Content-Type': 'text/html' });
      response.end(fault.body ?? '<h1>Sorry</h1>');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
    case 'moved':
      response.writeHead(307, { Location: elsewhere });
      response.end();
  }
}
