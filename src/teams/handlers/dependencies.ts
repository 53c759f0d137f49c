import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Secret } from '../../base/secret.ts';
import type { Policy } from '../../reset/policy/policy.ts';
import type { OpenQuestion } from '../../reset/questions/question.ts';
import type { ResetRequest } from '../../reset/request.ts';
import type { ResetUseCases } from '../../reset/reset-use-cases.ts';
import type { TeamsMessages } from '../connector/messages.ts';
import type { ProgressIndicator } from './progress-indicator.ts';

/** What the bot works with. */
export type BotDependencies = {
  readonly resets: ResetUseCases;
  readonly messages: TeamsMessages;
  readonly patience: ProgressIndicator;
  readonly render: {
    card(request: ResetRequest): object;
    question(question: OpenQuestion): object;
    approval(request: ResetRequest): object;
    directMessage(request: ResetRequest, password: Secret | undefined): object;
  };
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly log: Log;
};
