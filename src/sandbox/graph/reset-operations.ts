import { type Clock, Secret } from '../../base/index.ts';
import type { SeededRandom } from '../data/seeded-random.ts';

/** A reset that was taken, and what became of it. */
type Operation = {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly apply: () => void;
  readonly fails: string | undefined;
  polls: number;
  isOver: boolean;
};

/** A written operation, as Graph answers with one. */
export type WrittenOperation = {
  readonly id: string;
  readonly createdDateTime: string;
  readonly status: 'notStarted' | 'running' | 'succeeded' | 'failed';
  readonly statusDetail?: string;
};

/** It is over at the third look: not started, running, and then done. */
const states = ['notStarted', 'running'] as const;

/** Keeps the long-running operations of resets. The password counts from the moment at which one has succeeded. */
export function createResetOperations(clock: Clock, draws: SeededRandom) {
  const operations = new Map<string, Operation>();
  return {
    /** Gives the path and query below `/v1.0` at which the operation is asked for. */
    begin(order: {
      readonly tenantId: string;
      readonly userId: string;
      readonly password: Secret;
      readonly setPassword: (password: Secret) => void;
      readonly fails: string | undefined;
    }): string {
      const { tenantId, userId, password, setPassword, fails } = order;
      const id = draws.guid();
      const apply = (): void => {
        setPassword(password);
      };
      operations.set(id, { id, tenantId, userId, createdAt: clock.now(), apply, fails, polls: 0, isOver: false });
      return `/users/${userId}/authentication/operations/${id}?aadgdc=SANDBOX&aadgsu=ssprprod-a`;
    },
    /** Undefined where there is none for this user of this tenant, or the query is not as it was given. */
    look(tenantId: string, userId: string, id: string, query: string): WrittenOperation | undefined {
      const operation = operations.get(id.toLowerCase());
      if (operation?.tenantId !== tenantId || operation.userId !== userId) return undefined;
      if (query !== 'aadgdc=SANDBOX&aadgsu=ssprprod-a') return undefined;
      const { createdAt, fails } = operation;
      const createdDateTime = new Date(createdAt).toISOString();
      const state = states[operation.polls];
      operation.polls += 1;
      if (state !== undefined) return { id: operation.id, createdDateTime, status: state };
      if (!operation.isOver && fails === undefined) operation.apply();
      operation.isOver = true;
      return fails === undefined
        ? { id: operation.id, createdDateTime, status: 'succeeded', statusDetail: 'ResetSuccess' }
        : { id: operation.id, createdDateTime, status: 'failed', statusDetail: fails };
    },
  };
}
