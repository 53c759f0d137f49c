import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** The agents of Node's HTTP client for plain and for secure addresses. */
export type OutboundAgents = { readonly http: HttpAgent; readonly https: HttpsAgent };

/**
 * Makes agents whose connections go through `proxy` (`http://host:port`), to loopback addresses too, and straight where it
 * is undefined. A proxy of the environment is never used. `keepAlive: false` opens a connection for each request.
 * See https://nodejs.org/docs/latest-v24.x/api/http.html#built-in-proxy-support
 */
export function createOutboundAgents(
  proxy: string | undefined,
  { keepAlive }: { readonly keepAlive: boolean },
): OutboundAgents {
  const options = { keepAlive, ...(proxy !== undefined && { proxyEnv: { http_proxy: proxy, https_proxy: proxy } }) };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}
