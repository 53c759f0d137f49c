import type { Clock } from '../../base/index.ts';
import { type Answer, type Delivery, type Json, jsonAnswer, type JsonObject } from '../loopback-http.ts';
import { applyFault } from '../partner-center/answers-and-faults.ts';
import type { FaultEffect, PretendFault } from '../partner-center/planted-faults.ts';

/** A list of Graph's, with a link to its next page where there is one. */
export function answerList(value: readonly Json[], links: JsonObject = {}): Answer {
  return jsonAnswer(200, { value, ...links });
}

/** A refusal as Graph words it. https://learn.microsoft.com/graph/errors */
export function refuseAs(status: number, code: string, message: string): Answer {
  const innerError = { date: '2026-01-01T00:00:00', 'request-id': '00000000-0000-4000-8000-000000000000' };
  return jsonAnswer(status, { error: { code, message, innerError } });
}

/** The same for a missing scope, a missing role, and a target that outranks the caller. */
export const denied = refuseAs(
  403,
  'Authorization_RequestDenied',
  'Insufficient privileges to complete the operation.',
);

export const noSuchUser = refuseAs(
  404,
  'Request_ResourceNotFound',
  'The resource does not exist or one of its queried reference-property objects are not present.',
);

export const restricted = refuseAs(
  403,
  'Authorization_RequestDenied',
  'Insufficient privileges to complete the operation: the target is in a restricted management administrative unit.',
);

export function refuseRequest(message: string): Answer {
  return refuseAs(400, 'Request_BadRequest', message);
}

export function refuseQuery(message: string): Answer {
  return refuseAs(400, 'Request_UnsupportedQuery', message);
}

type SharedFault = Extract<
  PretendFault,
  {
    readonly kind:
      | 'throttled'
      | 'server-fault'
      | 'hang'
      | 'disconnect'
      | 'cut-off'
      | 'slow'
      | 'held'
      | 'proxy-page'
      | 'plain-text'
      | 'empty'
      | 'not-json'
      | 'redirect'
      | 'as-list'
      | 'another-id';
  }
>;

/** What can go wrong with a call of Graph that is well formed. */
export type GraphFault =
  | SharedFault
  /** A refusal of Graph by its own code. */
  | {
      readonly kind: 'graph-error';
      readonly status: number;
      readonly code: string;
      readonly message?: string;
      readonly effect?: FaultEffect;
    }
  /** The true answer, whose links and `Location` lead to another origin, such as `http://127.0.0.1:9`. */
  | { readonly kind: 'leads-elsewhere'; readonly origin: string }
  /** A reset that is taken, and fails later; the password stays as it was. */
  | { readonly kind: 'operation-fails'; readonly detail: string };

/** Lets a fault strike a call; `carryOut` is called once where the call has its effect all the same, else never. */
export async function strike(
  fault: Exclude<GraphFault, { readonly kind: 'operation-fails' }>,
  carryOut: () => Answer,
  clock: Clock,
): Promise<Delivery> {
  if (fault.kind === 'graph-error') {
    if (fault.effect === 'applied') carryOut();
    return { kind: 'answer', answer: refuseAs(fault.status, fault.code, fault.message ?? '') };
  }
  if (fault.kind === 'leads-elsewhere') return { kind: 'answer', answer: leadElsewhere(carryOut(), fault.origin) };
  return applyFault(fault, carryOut, clock);
}

function leadElsewhere(answer: Answer, origin: string): Answer {
  const text = JSON.stringify(answer).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, origin);
  return JSON.parse(text);
}
