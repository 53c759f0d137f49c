import {
  type Answer,
  type Call,
  createPretendServer,
  jsonAnswer,
  textAnswer,
} from '../../src/sandbox/loopback-http.ts';

/** Serves a fake ticket system on loopback. */
export async function serveTickets(answer: (call: Call) => Answer) {
  const calls: Call[] = [];
  const server = createPretendServer(answer, (call) => calls.push(call));
  const { url } = await server.listen();
  return {
    url,
    calls,
    close: () => server.close(),
    plant: (fault: Parameters<typeof server.plant>[0]): void => {
      server.plant(fault);
    },
  };
}

export const json = jsonAnswer;

export function text(status: number, value: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { ...textAnswer(status, value, 'text/html'), headers };
}
