import { expect, it } from '@jest/globals';
import { formatStatus } from '../../src/texts/status-and-history.ts';
import { buildOpenQuestion } from '../support/build-open-question.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';

const request = buildResetRequest();
const aboutUser = buildOpenQuestion();
const aboutCustomer = buildOpenQuestion({
  asks: { kind: 'near-customer', typed: 'Contosso <b>', more: 0 },
  choices: [{ kind: 'customer', key: 'choice-1', customer: request.target.customer }],
});

it('tells what a person was asked back beside what is not over, each with its reference', () => {
  const lines = formatStatus([request], [aboutUser, aboutCustomer]).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain(request.target.user.displayName);
  expect(lines[2]).toContain('I asked which person “Ann Lea” is');
  expect(lines[3]).toContain('I asked which customer “Contosso ‹b›” is');
  for (const line of lines.slice(2))
    expect(line).toContain(`cancel and this reference. (Reference: ${aboutUser.correlationId})`);
});

it('tells of questions alone, and that nothing is open where there is neither', () => {
  expect(formatStatus([], [aboutUser])).toContain('I asked which person');
  expect(formatStatus([], [])).toContain('Nothing of yours is open');
});
