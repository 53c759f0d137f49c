import { connect } from 'node:net';

/** Whether something takes a connection there. */
export async function tryPort(host: string, port: number): Promise<'open' | 'shut'> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve('open');
    });
    socket.once('error', () => {
      resolve('shut');
    });
  });
}
