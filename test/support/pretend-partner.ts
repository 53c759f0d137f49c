import type { Clock } from '../../src/base/clock.ts';
import type {
  AskedPerson,
  CustomerFinding,
  Directory,
  Finding,
  FindOptions,
  PasswordSetting,
  UserLookUp,
} from '../../src/reset/ports/partner-center.ts';
import type { GraphFacts, GraphFinding } from '../../src/reset/ports/graph-facts.ts';
import { lookUpWithGraph } from '../../src/reset/policy/user-facts.ts';
import type { ResetStore } from '../../src/reset/ports/request-store.ts';
import type { PartnerTrouble } from '../../src/reset/refusal.ts';
import type { CustomerUser } from '../../src/reset/target.ts';
import { buildResetRequest } from './build-reset-request.ts';

/** How Partner Center takes one try. `applied-unanswered`: the password is set, and no one hears of it. */
export type TryFault =
  | 'applied'
  | 'refused'
  | 'throttled'
  | { readonly retryAfterMilliseconds: number }
  | 'applied-unanswered'
  | 'lost'
  | 'redirected'
  | 'no-sign-in'
  | 'throws'
  | { readonly until: Promise<void> };

export type Try = { readonly password: string; readonly operationId: string; readonly at: number };

export const trouble = (code: string): PartnerTrouble => ({
  code,
  signInCode: undefined,
  httpStatus: code === 'throttled' ? 429 : 400,
  partnerCode: '3000',
  storedWording: undefined,
});

const redirected: PartnerTrouble = { ...trouble('unknown-result'), httpStatus: 302, partnerCode: undefined };

/**
 * One customer with one user. It refuses what the port does not allow: a try that was not written down, one whose
 * deadline is not before the end of its lease, one after delivery began, and one after its deadline.
 */
export function createPretendPartner({
  clock,
  store,
  journal,
}: {
  readonly clock: Clock;
  readonly store: Pick<ResetStore, 'underWay'>;
  readonly journal: string[];
}) {
  const { target } = buildResetRequest();
  let user: CustomerUser = target.user;
  let lookUpFault: UserLookUp | 'throws' | undefined;
  let inForce: string | undefined;
  let lookUps = 0;
  let graph: GraphFinding = { kind: 'not-asked' };
  let held: Promise<void> | undefined;
  let customerAnswer: CustomerFinding | 'never' | undefined;
  const faults: TryFault[] = [];
  const findings: (Finding | Promise<Finding>)[] = [];
  const questions: { readonly asked: AskedPerson; readonly options: FindOptions | undefined }[] = [];
  const tries: Try[] = [];
  const broken: string[] = [];

  const directory: Directory = {
    find: (asked, _correlationId, options) => {
      journal.push('find');
      questions.push({ asked, options });
      const found: Finding = { kind: 'found', target: { ...target, user }, customerInferred: false };
      return Promise.resolve(findings.shift() ?? found);
    },
    async lookUp() {
      journal.push('look-up');
      lookUps += 1;
      await held;
      if (lookUpFault === 'throws') throw new Error('a defect');
      return lookUpFault ?? { kind: 'found', user };
    },
  };

  const graphFacts: GraphFacts = () => {
    if (graph.kind === 'asked') journal.push('graph');
    return Promise.resolve(graph);
  };

  const setPassword: PasswordSetting = async (operation, secret, deadline) => {
    const password = secret.reveal((value) => value);
    const row = await store.underWay(operation.customer, operation.user);
    const last = row?.tries.at(-1);
    if (row?.state !== 'resetting' || last?.outcome !== 'pending') broken.push(`a try at ${row?.state}`);
    if (row?.sealedPassword === undefined) broken.push('a try before the password was sealed');
    if (row?.directMessage === undefined) broken.push('a try before the direct message stood');
    if (row?.operationId !== operation.operationId) broken.push('a try under another operation id');
    if (row?.correlationId !== operation.correlationId) broken.push('a try under another correlation id');
    if (last !== undefined && last.deadline >= (row?.lease?.until ?? 0)) broken.push('a deadline after the lease');
    if (last !== undefined && clock.now() >= last.deadline) broken.push('a try after its deadline');
    if (deadline.aborted)
      return { kind: 'not-tried', trouble: trouble('cancelled'), retryAfterMilliseconds: undefined };
    const fault = faults.shift() ?? 'applied';
    if (fault === 'no-sign-in') {
      return { kind: 'not-tried', trouble: trouble('mfa-required'), retryAfterMilliseconds: undefined };
    }
    journal.push('PATCH');
    tries.push({ password, operationId: operation.operationId, at: clock.now() });
    const apply = () => {
      inForce = password;
    };
    if (typeof fault === 'object' && 'until' in fault) {
      const cancelled = new Promise<'cancelled'>((resolve) => {
        deadline.addEventListener('abort', () => {
          resolve('cancelled');
        });
      });
      const first = await Promise.race([fault.until, cancelled]);
      if (first === 'cancelled') return { kind: 'unknown', trouble: trouble('timed-out') };
      apply();
      return { kind: 'applied' };
    }
    if (typeof fault === 'object') return { kind: 'not-tried', trouble: trouble('throttled'), ...fault };
    switch (fault) {
      case 'applied':
        apply();
        return { kind: 'applied' };
      case 'refused':
        return { kind: 'refused', trouble: trouble('bad-input') };
      case 'throttled':
        return { kind: 'not-tried', trouble: trouble('throttled'), retryAfterMilliseconds: undefined };
      case 'applied-unanswered':
        apply();
        return { kind: 'unknown', trouble: trouble('timed-out') };
      case 'lost':
        return { kind: 'unknown', trouble: trouble('timed-out') };
      case 'redirected':
        return { kind: 'unknown', trouble: redirected, repetition: 'useless' };
      case 'throws':
        throw new Error('a defect of the port');
    }
  };

  return {
    directory: { ...directory, ...lookUpWithGraph(directory, graphFacts) },
    /** What Microsoft Graph tells of the one user from now on. Before, it is not asked. */
    tellGraph: (finding: GraphFinding): void => {
      graph = finding;
    },
    /** The one customer by its name, domain or id; no one else is there. */
    findCustomer: (typed: string): Promise<CustomerFinding> | CustomerFinding => {
      if (customerAnswer === 'never') return new Promise(() => undefined);
      if (customerAnswer !== undefined) return customerAnswer;
      const { name, domain, id } = target.customer;
      const isIt = [name, domain, id].some((text) => text.toLowerCase() === typed.toLowerCase());
      return isIt ? { kind: 'customer', customer: target.customer } : { kind: 'nobody' };
    },
    /** How customers are found from now on; undefined: as they are. */
    answerCustomer: (given: CustomerFinding | 'never' | undefined): void => {
      customerAnswer = given;
    },
    setPassword,
    /** Every try that reached Partner Center. */
    tries,
    /** What was done against the port's text; has to stay empty. */
    broken,
    /** How the next tries are taken; after them all are applied. */
    next: (...given: TryFault[]): void => {
      faults.push(...given);
    },
    /** What the directory finds next; after that, the one person. */
    find: (...given: (Finding | Promise<Finding>)[]): void => {
      findings.push(...given);
    },
    /** Everything the directory was asked. */
    questions,
    change: (part: Partial<CustomerUser>): void => {
      user = { ...user, ...part };
    },
    /** Until then no look-up is answered. */
    holdLookUps: (until: Promise<void>): void => {
      held = until;
    },
    answerLookUp: (fault: UserLookUp | 'throws' | undefined): void => {
      lookUpFault = fault;
    },
    get passwordInForce() {
      return inForce;
    },
    get lookUps() {
      return lookUps;
    },
  };
}
