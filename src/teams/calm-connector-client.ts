import type { ConnectorClient } from 'botframework-connector';

import { readOwn } from './read-own.ts';

const unwanted = ['defaultRetryPolicy', 'redirectPolicy', 'logPolicy'];

/**
 * Takes out of a client what botbuilder offers no option for: its own retries, which repeat a POST that may have been
 * delivered; following redirects, which would carry the token along; and its log. The pipeline is private, so the
 * version is pinned, and a client without the expected pipeline is refused.
 */
export function calmConnectorClient(client: ConnectorClient): ConnectorClient {
  const pipeline = readOwn(readOwn(client, 'client'), 'pipeline');
  if (typeof pipeline !== 'object' || pipeline === null || !('removePolicy' in pipeline)) {
    throw new TypeError('This version of botbuilder keeps its pipeline elsewhere.');
  }
  const { removePolicy } = pipeline;
  if (typeof removePolicy !== 'function')
    throw new TypeError('This version of botbuilder names removePolicy otherwise.');
  for (const name of unwanted) Reflect.apply(removePolicy, pipeline, [{ name }]);
  return client;
}
