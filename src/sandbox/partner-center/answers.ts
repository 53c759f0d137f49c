import type { ServerResponse } from 'node:http';
import { isGuid } from '../../base/index.ts';
import { createSeededRandom, mixSeed } from '../data/seeded-random.ts';
import type { Answer, Call } from '../loopback-http.ts';

/** A refusal as Partner Center words it: `{code, description, data, source}`, the code a number. */
export function refuse(status: number, code: number, description: string, data: readonly string[] = []): Answer {
  const json = { code, description, data, source: 'PartnerFD' };
  return { status, body: { kind: 'json', json } };
}

/** Makes what gives every answer Partner Center's ids: those of the call where it brought some. */
export function createHeaderStamp(seed: number): (call: Call, response: ServerResponse) => void {
  const draws = createSeededRandom(mixSeed(seed, 'headers'));
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

/** 404 for a customer that is not there. */
export function customerNotFound(customerId: string): Answer {
  return refuse(404, 60_003, `Tenant ${customerId} not found.`, [customerId]);
}

/** 404 for a user that is not there, or is there no longer. */
export function userNotFound(userId: string): Answer {
  return refuse(404, 60_002, `User object Id ${userId} is not found.`, [userId]);
}
