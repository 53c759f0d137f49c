import type { Answer } from './answer.ts';

/** A refusal as Partner Center words it: `{code, description, data, source}`, the code a number. */
export function refuse(status: number, code: number, description: string, data: readonly string[] = []): Answer {
  const json = { code, description, data, source: 'PartnerFD' };
  return { status, body: { kind: 'json', json } };
}
