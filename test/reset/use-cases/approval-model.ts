import type { ObjectId } from '../../../src/base/ids.ts';

/** A request as the model sees it. */
export type ModelRequest = {
  readonly by: ObjectId;
  state: 'open' | 'waiting' | 'done' | 'over';
  until: number;
  /** Who gave leave, where somebody did. */
  leave: ObjectId | undefined;
  /** Whether whoever gives leave was shown that it is an administrator. */
  shownPrivileged: boolean;
};

/** What may change at any time. */
export type ModelRules = {
  approval: 'always' | 'privileged' | 'never';
  privilegedTargets: 'approve' | 'deny';
  technicians: readonly ObjectId[];
  approvers: readonly ObjectId[];
  isPrivileged: boolean;
  /** Whether Graph tells of restricted management or of a guest, or does not tell any more what protects the account. */
  isStopped: boolean;
};

export type ApprovalModel = ReturnType<typeof createApprovalModel>;

const minute = 60_000;

/** Who may do what by which leave, written from what is promised and from no code: one user, and requests for that user. */
export function createApprovalModel(start: number, everybody: readonly ObjectId[]) {
  const requests: ModelRequest[] = [];
  const rules: ModelRules = {
    approval: 'privileged',
    privilegedTargets: 'approve',
    technicians: everybody,
    approvers: everybody,
    isPrivileged: false,
    isStopped: false,
  };
  let now = start;
  let isFrozen = false;

  /** Whether a reset that this person asked for may begin now, with the leave it has. */
  function mayReset({ by, leave }: Pick<ModelRequest, 'by' | 'leave'>): boolean {
    if (!rules.technicians.includes(by) || rules.isStopped) return false;
    if (rules.isPrivileged && rules.privilegedTargets === 'deny') return false;
    const needsLeave = rules.approval === 'always' || rules.isPrivileged;
    if (!needsLeave && leave === undefined) return true;
    return leave !== undefined && leave !== by && rules.approvers.includes(leave);
  }

  /** Whether it may begin, if somebody who may gives leave where that is needed. */
  function mayEver(by: ObjectId): boolean {
    return mayReset({ by, leave: undefined }) || mayReset({ by, leave: rules.approvers.find((one) => one !== by) });
  }

  return {
    requests,
    rules,
    mayReset,
    pass(milliseconds: number): void {
      now += milliseconds;
      for (const request of requests) {
        const isRunning = request.state === 'open' || request.state === 'waiting';
        if (isRunning && now >= request.until) request.state = 'over';
      }
    },
    ask(by: ObjectId): void {
      const isProposed = !isFrozen && mayEver(by);
      for (const other of requests) {
        if (rules.technicians.includes(by) && other.state === 'open' && other.by === by) other.state = 'over';
      }
      const state = isProposed ? 'open' : 'over';
      requests.push({ by, state, until: now + 10 * minute, leave: undefined, shownPrivileged: false });
    },
    confirm(request: ModelRequest): void {
      if (request.state !== 'open') return;
      const isBusy = requests.some(({ state }) => state === 'waiting');
      if (isBusy || !mayEver(request.by)) {
        request.state = 'over';
      } else if (mayReset(request)) {
        request.state = 'done';
      } else {
        Object.assign(request, { state: 'waiting', until: now + 60 * minute, shownPrivileged: rules.isPrivileged });
      }
    },
    decide(request: ModelRequest, by: ObjectId, verdict: 'approved' | 'declined'): void {
      if (request.state !== 'waiting' || by === request.by || !rules.approvers.includes(by)) return;
      if (verdict === 'approved') request.leave = by;
      const sawIt = request.shownPrivileged || !rules.isPrivileged;
      request.state = verdict === 'approved' && sawIt && mayReset(request) ? 'done' : 'over';
    },
    /** Everybody is an auditor here, and whoever has any role may freeze. */
    freeze(): void {
      isFrozen = true;
      for (const request of requests) {
        if (request.state === 'open' || request.state === 'waiting') request.state = 'over';
      }
    },
    thaw(by: ObjectId): void {
      if (rules.approvers.includes(by)) isFrozen = false;
    },
  };
}
