import type { ServerResponse } from 'node:http';
import { type Clock, isGuid } from '../../base/index.ts';
import { createSeededRandom, mixSeed } from '../data/seeded-random.ts';
import { type Answer, type Call, type Delivery, isJsonObject, type Json } from '../loopback-http.ts';
import type { FaultEffect, PretendFault } from './planted-faults.ts';

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

/** Lets a fault strike a call; `carryOut` is called once where the call has its effect all the same, else never. */
export async function applyFault(fault: PretendFault, carryOut: () => Answer, clock: Clock): Promise<Delivery> {
  const after = (effect: FaultEffect, delivery: Delivery): Delivery => {
    if (effect === 'applied') carryOut();
    return delivery;
  };
  switch (fault.kind) {
    case 'partner-error':
      return after(fault.effect ?? 'none', answerDelivery(writePartnerError(fault)));
    case 'throttled':
      return answerDelivery(throttledAnswer(fault.retryAfter));
    case 'server-fault':
      return after(fault.effect, answerDelivery(refuse(fault.status, 800_003, 'Unexpected service error')));
    case 'hang':
      return after(fault.effect, { kind: 'silence' });
    case 'disconnect':
      return after(fault.effect, { kind: 'disconnect' });
    case 'cut-off':
      return { kind: 'cut-off', answer: carryOut() };
    case 'slow':
      await new Promise<void>((resolve) => {
        clock.after(fault.milliseconds, resolve);
      });
      return answerDelivery(carryOut());
    case 'held': {
      const early = fault.effect === 'before' ? carryOut() : undefined;
      await fault.until;
      return answerDelivery(early ?? carryOut());
    }
    case 'proxy-page':
      return after(fault.effect, answerDelivery(textAnswer(fault.status, 'text/html', proxyPage)));
    case 'plain-text':
      return after(fault.effect, answerDelivery(textAnswer(fault.status, 'text/plain', fault.text)));
    case 'empty':
      return after(fault.effect, answerDelivery({ status: fault.status, body: { kind: 'none' } }));
    case 'not-json':
      return after('applied', answerDelivery(textAnswer(200, 'application/json', '{"items":[{"id":')));
    case 'redirect':
      return answerDelivery({
        status: fault.status ?? 302,
        headers: { Location: fault.location },
        body: { kind: 'none' },
      });
    case 'bom':
      return { kind: 'answer', answer: carryOut(), bom: true };
    case 'pascal-case':
    case 'as-list':
    case 'another-id':
    case 'next-repeats':
    case 'next-elsewhere':
      return answerDelivery(distortAnswer(carryOut(), fault));
    case 'route-unknown':
      return answerDelivery({ status: fault.status, body: { kind: 'json', json: { message: 'No such resource.' } } });
  }
}

function throttledAnswer(retryAfter: Extract<PretendFault, { readonly kind: 'throttled' }>['retryAfter']): Answer {
  const json = { statusCode: 429, message: 'Rate limit is exceeded. Try again later.' };
  if (retryAfter === 'absent') return { status: 429, body: { kind: 'json', json } };
  const value = 'seconds' in retryAfter ? String(retryAfter.seconds) : new Date(retryAfter.at).toUTCString();
  return { status: 429, headers: { 'Retry-After': value }, body: { kind: 'json', json } };
}

function textAnswer(status: number, type: string, words: string): Answer {
  return { status, body: { kind: 'text', type: `${type}; charset=utf-8`, text: words } };
}

function answerDelivery(said: Answer): Delivery {
  return { kind: 'answer', answer: said };
}

const proxyPage =
  '<!DOCTYPE html><html><head><title>Proxy</title></head><body><h1>Access through proxy</h1></body></html>';

type Distortion = Extract<
  PretendFault,
  { readonly kind: 'pascal-case' | 'as-list' | 'another-id' | 'next-repeats' | 'next-elsewhere' }
>;

/** Distorts a true answer; one without JSON stays as it is, and so do the links of a page that is no collection. */
function distortAnswer(answer: Answer, change: Distortion): Answer {
  if (answer.body.kind !== 'json') return answer;
  return { ...answer, body: { kind: 'json', json: distortJson(answer.body.json, change) } };
}

function distortJson(json: Json, change: Distortion): Json {
  switch (change.kind) {
    case 'pascal-case':
      return toPascalCaseKeys(json);
    case 'as-list':
      return [json];
    case 'another-id':
      return isJsonObject(json) ? { ...json, id: '11111111-2222-4333-8444-555555555555' } : json;
    case 'next-repeats':
    case 'next-elsewhere':
      return replaceNextLink(json, change);
  }
}

function toPascalCaseKeys(json: Json): Json {
  if (Array.isArray(json)) return json.map(toPascalCaseKeys);
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      value === undefined ? undefined : toPascalCaseKeys(value),
    ]),
  );
}

function replaceNextLink(
  json: Json,
  change: Extract<Distortion, { readonly kind: 'next-repeats' | 'next-elsewhere' }>,
): Json {
  if (!isJsonObject(json) || !isJsonObject(json['links'])) return json;
  const { self, next } = json['links'];
  if (change.kind === 'next-repeats') {
    // The address and headers of the first page: following them leads round in a circle.
    return { ...json, links: { self, next: self } };
  }
  const link = isJsonObject(next) ? next : self;
  if (!isJsonObject(link) || typeof link['uri'] !== 'string') return json;
  return { ...json, links: { self, next: { ...link, uri: change.origin + link['uri'] } } };
}

type PartnerErrorFault = Extract<PretendFault, { readonly kind: 'partner-error' }>;

/** Writes an error of Partner Center in the shape that is asked for. */
function writePartnerError({ row, shape = 'documented' }: PartnerErrorFault): Answer {
  const { status, code, description } = row;
  const json = (json: Json): Answer => ({ status, body: { kind: 'json', json } });
  switch (shape) {
    case 'documented':
      return refuse(status, code, description);
    case 'code-as-text':
      return json({ code: String(code), description, data: [], source: 'PartnerFD' });
    case 'pascal-case':
      return json({ Code: code, Description: description, Data: [], Source: 'PartnerFD' });
    case 'named':
      return json({ code: String(code), message: description, errorName: 'Refused', isRetryable: false });
    case 'nested-json':
      return json({
        code,
        description: JSON.stringify({ 'odata.error': { code: 'Request_BadRequest', message: { value: description } } }),
        data: [],
        source: 'PartnerFD',
      });
    case 'plain-text':
      return { status, body: { kind: 'text', type: 'text/plain; charset=utf-8', text: description } };
  }
}
