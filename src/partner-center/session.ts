import type { Transport } from './http/transport.ts';

/** A transport and what the calls of one scoped partner share. */
export type Session = {
  readonly transport: Transport;
  readonly correlationId: string | undefined;
  readonly requestId: string | undefined;
  readonly locale: string;
};
