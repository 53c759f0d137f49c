import { expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { createTicketMetrics } from '../../src/observability/call-metrics.ts';
import { createPretendTickets } from '../support/pretend-tickets.ts';
import { createResetWorld, robin, said } from '../support/reset-world.ts';

it('counts each try of a note that came to nothing, by why, and nothing that was taken', async () => {
  const registry = new Registry();
  const pretend = createPretendTickets();
  const world = await createResetWorld({ tickets: createTicketMetrics(registry)(pretend.tickets) });
  const bot = world.boot('one');
  bot.resets.start();
  pretend.faults.push('away', 'lost');
  const request = await world.ask(bot);
  const pressed = await bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' });
  if (pressed.kind === 'begun') await pressed.done;
  await world.pass(5 * 60_000);
  expect(pretend.notes).toHaveLength(1);
  const text = await registry.metrics();
  expect(text).toContain('locksmith_ticket_failures_total{call="add-note",code="unavailable"} 1');
  expect(text).toContain('locksmith_ticket_failures_total{call="add-note",code="lost"} 1');
  expect(text).toContain('locksmith_ticket_failures_total{call="find-note",code="timeout"} 0');
  await bot.resets.stop();
  await world.close();
});
