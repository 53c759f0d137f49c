/**
 * Hears SIGTERM and SIGINT from now on. Before anything is begun the process ends at once; afterwards `tell` is called, the
 * first time alone, so that whoever is impatient ends nothing halfway. Nobody must have loaded much before: to process 1 of
 * a container the kernel does not deliver a signal that nobody listens to, and whoever sent it would wait for nothing.
 */
export function listenForSignals(): { begin(tell: () => void): void } {
  let tell = (): void => {
    process.exit();
  };
  let isTold = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isTold) return;
      isTold = true;
      tell();
    });
  }
  return {
    begin(next) {
      tell = next;
    },
  };
}
