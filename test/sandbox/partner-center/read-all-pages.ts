import { readPageSeen } from './read-page-seen.ts';
import type { Running } from './start-pretend.ts';

/** Follows `next` with its headers to the end, as the documentation says. */
export async function readAllPages(running: Running, address: string) {
  const items: unknown[] = [];
  const uris: string[] = [];
  let page = readPageSeen(await running.send(address));
  items.push(...page.items);
  while (page.next !== undefined) {
    const { uri, headers } = page.next;
    uris.push(uri);
    page = readPageSeen(await running.send(uri.startsWith('/v1/') ? uri : `/v1${uri}`, { headers }));
    items.push(...page.items);
  }
  return { items, uris, totalCount: page.totalCount };
}
