import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runAudit } from '../../../src/commands/audit/run-audit.ts';
import type { Environment } from '../../../src/config.ts';

/** What `npm run audit` did: its exit status and what it wrote. */
export type Ran = { readonly status: number; readonly output: string; readonly errors: string };

/** Runs the command as a shell would, in this process. `input` stands on its standard input. */
export async function runCommand(args: readonly string[], environment: Environment, input = ''): Promise<Ran> {
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  streams.input.end(input);
  const read = Promise.all([text(streams.output), text(streams.errors)]);
  const status = await runAudit({ args, environment, ...streams });
  streams.output.end();
  streams.errors.end();
  const [output, errors] = await read;
  return { status, output, errors };
}
