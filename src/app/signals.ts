/**
 * Listens for SIGTERM, SIGINT and SIGUSR1 from now on. On SIGUSR1 nothing happens: Node would open its inspector, through
 * which the keys can be read. The image forbids that from the first moment with `--disable-sigusr1`, and the scripts with `node-version.cjs`. Until `onSignal` is called, a signal ends the process at once. Afterwards the
 * first signal calls its listener, and further ones do nothing, so that a second Ctrl+C cuts nothing off.
 *
 * It has to run before other modules are loaded. To process 1 of a container the kernel delivers no signal that the process
 * does not listen for.
 */
export function listenForSignals(): { onSignal(listener: () => void): void } {
  ignoreInspectorSignal();
  let notify = (): void => {
    process.exit();
  };
  let isNotified = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isNotified) return;
      isNotified = true;
      notify();
    });
  }
  return {
    onSignal(listener) {
      notify = listener;
    },
  };
}

/** A listener takes the place of Node's own, which opens the inspector. */
export function ignoreInspectorSignal(): void {
  process.on('SIGUSR1', () => undefined);
}
