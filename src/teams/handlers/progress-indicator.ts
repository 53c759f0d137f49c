import {
  callWithTimeout,
  type Clock,
  describeErrorForLog,
  type Log,
  resolveWithin,
  teamsTunables,
} from '../../base/index.ts';
import type { Conversation, FindOptions } from '../../reset/index.ts';
import { formatSearchProgress } from '../../texts/index.ts';
import { reportFailure } from '../activity/failure-report.ts';
import type { TeamsMessages } from '../connector/messages.ts';

/** Keeps turns short, and tells people in the chat when their answer takes long. */
export type ProgressIndicator = {
  /**
   * Does the work of a message. It resolves when the work is done, or at `answerBy`; then the work continues in the background. It
   * rejects if the work fails before that.
   */
  runWithinTurn(conversation: Conversation, answerBy: number, work: () => Promise<void>): Promise<void>;
  /** Lets work continue after its turn. A failure is reported in the chat. */
  runInBackground(conversation: Conversation, work: Promise<unknown>): void;
  /** Starts to watch a search. After `searchNoticeMilliseconds` the chat gets one message with the progress so far. */
  start(conversation: Conversation): SearchProgress;
  /** Resolves when no work is left in the background. */
  drain(): Promise<void>;
};

/** A search that a person waits for. */
type SearchProgress = {
  /** Takes how many people have been read, and of how many. */
  readonly report: NonNullable<FindOptions['progress']>;
  /** Ends the watch. Resolves when a message about the progress that is being sent has been sent. */
  stop(): Promise<void>;
};

/** Creates the progress indicator of the process. None of its messages makes the work fail. */
export function createProgressIndicator({
  clock,
  messages,
  newReference,
  log,
}: {
  readonly clock: Clock;
  readonly messages: Pick<TeamsMessages, 'reply'>;
  /** Makes a reference by which a failure can be found in the log. */
  readonly newReference: () => string;
  readonly log: Log;
}): ProgressIndicator {
  const inBackground = new Set<Promise<void>>();

  return {
    async runWithinTurn(conversation, answerBy, work) {
      const working = work();
      const outcome = await callWithTimeout(clock, Math.max(0, answerBy - clock.now()), () => working);
      if (outcome.kind === 'timeout') runInBackground(conversation, working);
      else await working;
    },

    runInBackground,

    start(conversation) {
      let read: number | undefined;
      let total: number | undefined;
      let sending: Promise<void> = Promise.resolve();
      const cancel = clock.after(teamsTunables.searchNoticeMilliseconds, () => {
        sending = send(conversation, formatSearchProgress(read, total));
      });
      return {
        report: (readSoFar, ofAll) => {
          read = readSoFar;
          total = ofAll;
        },
        stop: () => {
          cancel();
          return sending;
        },
      };
    },

    async drain() {
      await Promise.all(inBackground);
    },
  };

  function runInBackground(conversation: Conversation, work: Promise<unknown>): void {
    const running = work
      .then(
        () => undefined,
        (error: unknown) => send(conversation, reportFailure({ newReference, log }, 'late-work-failed', error).text),
      )
      .finally(() => inBackground.delete(running));
    inBackground.add(running);
  }

  async function send(conversation: Conversation, text: string): Promise<void> {
    try {
      await messages.reply(conversation, text);
    } catch (error) {
      log({ level: 'warn', event: 'not-said', ...describeErrorForLog(error) });
    }
  }
}

/**
 * What `work` resolves to, or `late` where it takes longer than the answer to a press may take. It rejects where the work fails
 * before that. A later failure is reported in the chat.
 */
export async function answerInTime<Result>(
  { clock, progress }: { readonly clock: Clock; readonly progress: Pick<ProgressIndicator, 'runInBackground'> },
  { conversation, answerBy }: { readonly conversation: Conversation; readonly answerBy: number },
  work: Promise<Result>,
): Promise<Result | { readonly kind: 'late' }> {
  const outcome = await callWithTimeout(clock, Math.max(0, answerBy - clock.now()), () => work);
  if (outcome.kind !== 'timeout') return work;
  progress.runInBackground(conversation, work);
  return { kind: 'late' };
}

/** What `work` resolves to, or `otherwise` if it fails or takes longer than `answerBy`. */
export function withinAnswerTime<Result>(
  { clock }: { readonly clock: Clock },
  { answerBy }: { readonly answerBy: number },
  work: Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  return resolveWithin(clock, Math.max(0, answerBy - clock.now()), work, otherwise);
}
