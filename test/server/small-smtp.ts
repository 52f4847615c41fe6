import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A mail server that takes everything on loopback and keeps the letters as they came. */
export async function smallSmtp(): Promise<{ readonly address: string; readonly letters: readonly string[] }> {
  const letters: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let [buffer, inData] = ['', false];
    socket.setEncoding('utf8').write('220 small\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (text: string) => {
      buffer += text;
      if (inData) {
        const end = buffer.indexOf('\r\n.\r\n');
        if (end < 0) return;
        letters.push(buffer.slice(0, end));
        buffer = buffer.slice(end + 5);
        inData = false;
        socket.write('250 kept\r\n');
      }
      for (let at = buffer.indexOf('\r\n'); at >= 0 && !inData; at = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, at);
        buffer = buffer.slice(at + 2);
        inData = /^DATA/i.test(line);
        socket.write(inData ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return { address: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, letters };
}
