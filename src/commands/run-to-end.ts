/**
 * Runs a command to its end and sets the exit status it gives. The timers of `systemClock` do not keep a process alive, so
 * a command that only waits for one would end in the middle.
 */
export async function runToEnd(command: () => Promise<number>): Promise<void> {
  const hold = setInterval(() => undefined, 60_000);
  try {
    process.exitCode = await command();
  } finally {
    clearInterval(hold);
  }
}
