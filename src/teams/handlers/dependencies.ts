import type { Clock, Log, Secret } from '../../base/index.ts';
import type { OpenQuestion, Policy, ResetRequest, ResetUseCases } from '../../reset/index.ts';
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
