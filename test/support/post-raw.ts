import { connect } from 'node:net';

/** Writes texts to a port one after the other and gives back all that comes until the connection ends. */
export async function postRaw(url: string, texts: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  for (const text of texts) socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
