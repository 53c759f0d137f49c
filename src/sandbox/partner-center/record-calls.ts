import type { Call } from './http/call.ts';
import type { RecordedCall } from './pretend-partner-center.ts';

type Writable = { -readonly [Field in keyof RecordedCall]: RecordedCall[Field] };

const fewestKept = 10_000;

/** Keeps what is known of calls, without tokens and bodies; what `note` gives is filled in when the answer goes out. */
export function recordCalls(): { readonly calls: readonly RecordedCall[]; note(call: Call): Writable } {
  const calls: Writable[] = [];
  return {
    calls,
    note({ method, path, query, headers: { authorization: _left, ...headers }, remotePort }) {
      const noted: Writable = {
        method,
        path,
        query,
        requestId: headers['ms-requestid'],
        correlationId: headers['ms-correlationid'],
        headers,
        remotePort,
        status: undefined,
        fault: undefined,
      };
      calls.push(noted);
      if (calls.length > 2 * fewestKept) calls.splice(0, fewestKept);
      return noted;
    },
  };
}
