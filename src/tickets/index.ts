/** The ticket system: HaloPSA, ConnectWise PSA, Autotask PSA or a signed webhook. It looks tickets up and adds internal notes. */
export type { TicketAdapter, TicketCheck } from './adapter.ts';
export { TicketError } from './ticket-error.ts';
export { createTicketAdapter, createTickets } from './create-tickets.ts';
