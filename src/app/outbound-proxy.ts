import * as http from 'node:http';
import { createFreshFetch, type FreshFetch } from '../http/index.ts';
import type { Platform } from './platform.ts';

/**
 * The same outside by one way: every call goes through `proxy`, or straight where it is undefined. This routes `fetch` of
 * the whole process, whatever Node has read from its environment; the clients with agents of their own follow
 * `Platform.outboundProxy`. Throws an `OutboundProxyError` where this Node cannot send `fetch` through a proxy.
 */
export function routePlatform(platform: Platform, proxy: string | undefined): Platform {
  routeFetch(proxy);
  return { ...platform, outboundProxy: proxy };
}

/**
 * The `fetch` of writes, with a new connection for each: a write must not outlive its deadline in a kept one. It leaves by
 * the same door as everything else. A `fetch` that a test has put in place of the real one is used for writes as well.
 */
export function freshFetchOf({ fetch, outboundProxy }: Pick<Platform, 'fetch' | 'outboundProxy'>): FreshFetch {
  return fetch === globalThis.fetch ? createFreshFetch(outboundProxy) : fetch;
}

/**
 * Routes `fetch` and Node's global agents, and returns a function that undoes it.
 * See https://nodejs.org/docs/latest-v24.x/api/http.html#httpsetglobalproxyfromenvproxyenv
 */
export function routeFetch(proxy: string | undefined): () => void {
  // @types/node 24.10 does not know this function, and Node before 24.14 does not have it.
  const route: unknown = Reflect.get(http, 'setGlobalProxyFromEnv');
  if (typeof route !== 'function') {
    if (proxy !== undefined) throw new OutboundProxyError();
    return () => undefined;
  }
  // An empty object would leave a proxy of the environment in place, so one is named that no host goes through. Without a
  // `no_proxy` that of the environment counts, so one is named that no host has.
  const environment =
    proxy === undefined
      ? { http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9', no_proxy: '*' }
      : { http_proxy: proxy, https_proxy: proxy, no_proxy: 'no-host.invalid' };
  const undo: unknown = Reflect.apply(route, http, [environment]);
  return () => {
    if (typeof undo === 'function') Reflect.apply(undo, undefined, []);
  };
}

/** `OUTBOUND_PROXY` is set, and this Node would go past it. */
class OutboundProxyError extends Error {
  override readonly name = 'OutboundProxyError';
  readonly code = 'outbound-proxy-unsupported';

  constructor() {
    super('OUTBOUND_PROXY needs Node 24.14 or newer: "npm ci" with the development dependencies brings one along.');
  }
}
