import type { Clock } from '../../../clock.ts';
import type { Answer } from '../http/answer.ts';
import { refuse } from '../http/refuse.ts';
import { changeAnswer } from './change-answer.ts';
import type { Delivery } from './delivery.ts';
import type { FaultEffect, PretendFault } from './pretend-fault.ts';
import { writePartnerError } from './write-partner-error.ts';

/** Lets a fault strike a call; `carryOut` is called once where the call has its effect all the same, else never. */
export async function withFault(fault: PretendFault, carryOut: () => Answer, clock: Clock): Promise<Delivery> {
  const after = (effect: FaultEffect, delivery: Delivery): Delivery => {
    if (effect === 'applied') carryOut();
    return delivery;
  };
  switch (fault.kind) {
    case 'partner-error':
      return after(fault.effect ?? 'none', answer(writePartnerError(fault)));
    case 'throttled':
      return answer(throttle(fault.retryAfter));
    case 'server-fault':
      return after(fault.effect, answer(refuse(fault.status, 800_003, 'Unexpected service error')));
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
      return answer(carryOut());
    case 'held': {
      const early = fault.effect === 'before' ? carryOut() : undefined;
      await fault.until;
      return answer(early ?? carryOut());
    }
    case 'proxy-page':
      return after(fault.effect, answer(text(fault.status, 'text/html', proxyPage)));
    case 'plain-text':
      return after(fault.effect, answer(text(fault.status, 'text/plain', fault.text)));
    case 'empty':
      return after(fault.effect, answer({ status: fault.status, body: { kind: 'none' } }));
    case 'not-json':
      return after('applied', answer(text(200, 'application/json', '{"items":[{"id":')));
    case 'redirect':
      return answer({ status: 302, headers: { Location: fault.location }, body: { kind: 'none' } });
    case 'bom':
      return { kind: 'answer', answer: carryOut(), bom: true };
    case 'pascal-case':
    case 'next-repeats':
    case 'next-elsewhere':
      return answer(changeAnswer(carryOut(), fault));
    case 'route-unknown':
      return answer({ status: fault.status, body: { kind: 'json', json: { message: 'No such resource.' } } });
  }
}

function throttle(retryAfter: Extract<PretendFault, { readonly kind: 'throttled' }>['retryAfter']): Answer {
  const json = { statusCode: 429, message: 'Rate limit is exceeded. Try again later.' };
  if (retryAfter === 'absent') return { status: 429, body: { kind: 'json', json } };
  const value = 'seconds' in retryAfter ? String(retryAfter.seconds) : new Date(retryAfter.at).toUTCString();
  return { status: 429, headers: { 'Retry-After': value }, body: { kind: 'json', json } };
}

function text(status: number, type: string, words: string): Answer {
  return { status, body: { kind: 'text', type: `${type}; charset=utf-8`, text: words } };
}

function answer(said: Answer): Delivery {
  return { kind: 'answer', answer: said };
}

const proxyPage =
  '<!DOCTYPE html><html><head><title>Proxy</title></head><body><h1>Access through proxy</h1></body></html>';
