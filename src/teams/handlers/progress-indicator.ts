import { type Clock, describeErrorForLog, type Log } from '../../base/index.ts';
import type { Conversation, FindOptions } from '../../reset/index.ts';
import { formatSearchProgress, formatTurnFailure } from '../../texts/index.ts';
import type { TeamsMessages } from '../connector/messages.ts';

/** Teams delivers a message again that has no answer after about 15 seconds; ten are never passed. */
const answerWithinMilliseconds = 9000;
const saySomethingAfterMilliseconds = 2000;

/** A search that somebody waits for. */
type SearchProgress = {
  readonly progress: NonNullable<FindOptions['progress']>;
  /** The search is over. Resolves when what was being said about it is said. */
  end(): Promise<void>;
};

export type ProgressIndicator = {
  /** Does the work of a message; resolves when that is done, or after nine seconds, and it goes on. Fails as it does. */
  within(conversation: Conversation, work: () => Promise<void>): Promise<void>;
  /** Begins to watch a search: after two seconds the chat is told once that it goes on, and how far it is. */
  watch(conversation: Conversation): SearchProgress;
  /** Lets something go on after its turn; a failure is said in the chat. */
  goOn(conversation: Conversation, work: Promise<unknown>): void;
  /** Resolves when nothing goes on any more. */
  settle(): Promise<void>;
};

/** Keeps turns short and people informed while something takes long. */
export function createProgressIndicator({
  clock,
  messages,
  reference,
  log,
}: {
  readonly clock: Clock;
  readonly messages: Pick<TeamsMessages, 'reply'>;
  /** Makes a new reference by which a failure can be found in the log. */
  readonly reference: () => string;
  readonly log: Log;
}): ProgressIndicator {
  const goingOn = new Set<Promise<void>>();

  return {
    async within(conversation, work) {
      const { promise: late, resolve } = Promise.withResolvers<'late'>();
      const cancel = clock.after(answerWithinMilliseconds, () => {
        resolve('late');
      });
      const working = work();
      try {
        if ((await Promise.race([working, late])) === 'late') goOn(conversation, working);
      } finally {
        cancel();
      }
    },

    watch(conversation) {
      let read: number | undefined;
      let total: number | undefined;
      let saying: Promise<void> = Promise.resolve();
      const cancel = clock.after(saySomethingAfterMilliseconds, () => {
        saying = say(conversation, formatSearchProgress(read, total));
      });
      return {
        progress: (readSoFar, ofAll) => {
          read = readSoFar;
          total = ofAll;
        },
        end: () => {
          cancel();
          return saying;
        },
      };
    },

    goOn,

    async settle() {
      await Promise.all(goingOn);
    },
  };

  function goOn(conversation: Conversation, work: Promise<unknown>): void {
    const going = work
      .then(
        () => undefined,
        (error: unknown) => apologise(conversation, error),
      )
      .finally(() => goingOn.delete(going));
    goingOn.add(going);
  }

  async function apologise(conversation: Conversation, error: unknown): Promise<void> {
    const found = reference();
    log({ level: 'error', event: 'late-work-failed', reference: found, ...describeErrorForLog(error) });
    await say(conversation, formatTurnFailure(error, found));
  }

  async function say(conversation: Conversation, text: string): Promise<void> {
    try {
      await messages.reply(conversation, text);
    } catch (error) {
      log({ level: 'warn', event: 'not-said', ...describeErrorForLog(error) });
    }
  }
}
