import type { ServerResponse } from 'node:http';
import { createDraws } from '../data/create-draws.ts';
import { mix } from '../data/mix.ts';
import type { Call } from './call.ts';
import { isGuid } from './is-guid.ts';

/** Makes what gives every answer Partner Center's ids: those of the call where it brought some. */
export function createHeaderStamp(seed: number): (call: Call, response: ServerResponse) => void {
  const draws = createDraws(mix(seed, 'headers'));
  const serverId = String(100_000_000 + draws.integer(900_000_000));
  return ({ headers }, response) => {
    for (const name of ['MS-RequestId', 'MS-CorrelationId']) {
      const sent = headers[name.toLowerCase()];
      response.setHeader(name, sent !== undefined && isGuid(sent) ? sent : draws.guid());
    }
    response.setHeader('MS-CV', `${draws.guid().replaceAll('-', '').slice(0, 16)}.0`);
    response.setHeader('MS-ServerId', serverId);
    if (headers['validatemfa'] === 'true') response.setHeader('isMfaCompliant', 'true');
  };
}
