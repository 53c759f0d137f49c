/**
 * Listens for SIGTERM and SIGINT from now on. Until `onSignal` is called, a signal ends the process at once. Afterwards the
 * first signal calls its listener, and further ones do nothing, so that a second Ctrl+C cuts nothing off.
 *
 * It has to run before other modules are loaded. To process 1 of a container the kernel delivers no signal that the process
 * does not listen for.
 */
export function listenForSignals(): { onSignal(listener: () => void): void } {
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
