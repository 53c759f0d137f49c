import type { Clock } from '../clock.ts';
import type { Secret } from '../secret.ts';

/** What became of one try. `again`: the next one may fare better. */
export type PostOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly again: boolean; readonly httpStatus: number | undefined };

const tryMilliseconds = 10_000;

/** Posts one JSON body to the webhook, once. It follows no redirect, reads no answer, and lasts ten seconds at most. */
export async function postAlarm(
  { url, fetch, clock }: { readonly url: Secret; readonly fetch: typeof globalThis.fetch; readonly clock: Clock },
  body: string,
  ended: AbortSignal,
): Promise<PostOutcome> {
  const late = new AbortController();
  const cancel = clock.after(tryMilliseconds, () => {
    late.abort();
  });
  try {
    const response = await url.reveal((address) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'error',
        signal: AbortSignal.any([late.signal, ended]),
      }),
    );
    await response.body?.cancel().catch(() => undefined);
    if (response.ok) return { kind: 'taken' };
    const { status } = response;
    return { kind: 'failed', again: status === 408 || status === 429 || status >= 500, httpStatus: status };
  } catch {
    return { kind: 'failed', again: true, httpStatus: undefined };
  } finally {
    cancel();
  }
}
