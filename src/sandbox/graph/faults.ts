import type { Clock } from '../../base/index.ts';
import { applyFault } from '../partner-center/fault-answers.ts';
import type { Answer, Delivery } from '../partner-center/http.ts';
import type { FaultEffect, PretendFault } from '../partner-center/planted-faults.ts';
import { refuseAs } from './answers.ts';

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
