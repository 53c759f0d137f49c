import type { Writable } from 'node:stream';

/** What became of a text: taken, or whoever read went away, or the system refused it, with its code. */
export type Written =
  { readonly kind: 'written' } | { readonly kind: 'closed' } | { readonly kind: 'refused'; readonly code: string };

/** Writes a text and waits until it was taken. A reader that goes away is no failure: `head` does so after ten lines. */
export function writeText(out: Writable, text: string): Promise<Written> {
  return new Promise((resolve) => {
    // Without anybody who listens a stream's error ends the process; the callback below is told the same.
    if (out.listenerCount('error') === 0) out.on('error', () => undefined);
    out.write(text, (error) => {
      resolve(error ? readRefusal(error) : { kind: 'written' });
    });
  });
}

function readRefusal(error: Error): Written {
  const code = 'code' in error ? String(error.code) : 'unexpected';
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' ? { kind: 'closed' } : { kind: 'refused', code };
}
