import { ServerResponse } from 'node:http';

const mark = Symbol.for('locksmith.writeHead.returns.itself');

/**
 * restify replaces `writeHead` for every server in the process by one that returns nothing, so that
 * `response.writeHead(…).end()` throws elsewhere. This gives the return value back.
 */
export function giveBackWriteHead(): void {
  const { prototype } = ServerResponse;
  // oxlint-disable-next-line typescript/unbound-method -- it is called on the response it belongs to
  const theirs = prototype.writeHead;
  if (Object.hasOwn(theirs, mark)) return;
  const ours = function writeHead(this: ServerResponse, ...given: unknown[]): ServerResponse {
    Reflect.apply(theirs, this, given);
    return this;
  };
  prototype.writeHead = Object.assign(ours, { [mark]: true });
}
