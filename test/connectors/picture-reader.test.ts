import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { makePictureReader } from '../../src/connectors/picture-reader.ts';
import { pngOf } from '../../src/demo/simulators/pictures.ts';
import type { PictureRead } from '../../src/ports/picture-reader.ts';
import { makeShop } from '../support/builders.ts';

const forever = new AbortController().signal;

async function web(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const reader = makePictureReader({ timeoutMs: 60_000, maxBytes: 10_000 });

/** What is read of a picture of a shop whose web server answers so. */
async function read(answer: RequestListener): Promise<PictureRead> {
  const url = await web(answer);
  return reader.read({ url: `${url}/a.png`, shop: makeShop({ url }) }, forever);
}

const sends =
  (body: string | Buffer, status = 200, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_, answer) =>
    answer.writeHead(status, headers).end(body);

test('a picture is what its bytes are, whatever it calls itself and wherever it lies', async () => {
  const bytes = pngOf('boot');
  const [one, other, third] = await Promise.all([
    read(sends(bytes, 200, { 'content-type': 'text/html' })),
    read(sends(Buffer.from(bytes))),
    read(sends(pngOf('jacket'))),
  ]);
  expect(one).toEqual({
    kind: 'read',
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    format: 'png',
    bytes: bytes.length,
  });
  expect(other).toEqual(one);
  expect(third).not.toEqual(one);
});

test.each([
  ['jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x5b, 0x5b, 0x7b, 0x22])],
  ['gif', Buffer.from('GIF89a[[[[{{{{')],
  ['webp', Buffer.from('RIFF\u0001\u0002\u0003\u0004WEBPVP8 [[[')],
])('%s is known by its first bytes, and no bracket in it is counted', async (format, bytes) => {
  expect(await read(sends(bytes))).toMatchObject({ kind: 'read', format, bytes: bytes.length });
});

test.each([
  [
    'a page in place of a picture',
    'not-a-picture',
    sends('<!doctype html><h1>Log in</h1>', 200, { 'content-type': 'image/png' }),
  ],
  ['a drawing that could hold a script', 'not-a-picture', sends('<svg xmlns="http://www.w3.org/2000/svg"></svg>')],
  ['nothing at all', 'not-a-picture', sends('')],
  ['a redirect', 'moved', sends('', 302, { location: '/b.png' })],
  ['a missing file', 'not-there', sends('no', 404)],
  ['a closed door', 'refused', sends('no', 403)],
  ['a broken server', 'unreachable', sends('no', 502)],
  [
    'a picture without end',
    'too-large',
    (_: unknown, answer: Parameters<RequestListener>[1]) => {
      answer.writeHead(200);
      const more = (): void => {
        while (!answer.destroyed && answer.write(Buffer.alloc(4096, 0x89)));
      };
      answer.on('drain', more);
      more();
    },
  ],
  ['a cut line', 'unreachable', (asked: Parameters<RequestListener>[0]) => asked.socket.destroy()],
] as const)('%s is not fetched: %s', async (_, why, answer) => {
  expect(await read(answer)).toEqual({ kind: 'not-read', why });
});

test('a picture that does not come in time is given up', async () => {
  const url = await web((_, answer) => answer.writeHead(200).write(pngOf('boot').subarray(0, 20)));
  const hasty = makePictureReader({ timeoutMs: 100, maxBytes: 10_000 });
  expect(await hasty.read({ url: `${url}/a.png`, shop: makeShop({ url }) }, forever)).toEqual({
    kind: 'not-read',
    why: 'too-slow',
  });
});

test("another host than the shop's own is never asked", async () => {
  let asked = 0;
  const other = await web((_, answer) => {
    asked += 1;
    answer.end(pngOf('boot'));
  });
  const own = await web(sends(pngOf('boot')));
  const at = (url: string) => reader.read({ url, shop: makeShop({ url: own }) }, forever);
  for (const url of [
    `${other}/a.png`,
    'http://192.0.2.1/a.png',
    'https://cdn.example/a.png',
    `${own.replace('//', '//user:word@')}/a.png`,
    'file:///etc/hostname',
    'not an address',
  ])
    expect(await at(url)).toEqual({ kind: 'not-read', why: 'another-host' });
  expect(asked).toBe(0);
  expect(await at(`${own}/a.png`)).toMatchObject({ kind: 'read' });
});

test('nothing is sent along but that a picture is wanted', async () => {
  const heads: unknown[] = [];
  await read((asked, answer) => {
    heads.push(asked.headers);
    answer.end(pngOf('boot'));
  });
  expect(heads).toEqual([
    expect.not.objectContaining({
      authorization: expect.anything(),
      cookie: expect.anything(),
      referer: expect.anything(),
    }),
  ]);
  expect(heads).toMatchObject([{ accept: expect.stringContaining('image/png'), 'user-agent': 'bindeled' }]);
});

test('a picture to look at comes with its bytes, and no more of them than were asked for', async () => {
  const bytes = pngOf('boot');
  const url = await web(sends(bytes));
  const shop = makeShop({ url });
  const of = (contentUpTo: number) => reader.read({ url: `${url}/a.png`, shop, contentUpTo }, forever);
  expect(await of(bytes.length)).toMatchObject({ kind: 'read', content: bytes });
  expect(await of(bytes.length - 1)).toEqual({ kind: 'not-read', why: 'too-large' });
});
