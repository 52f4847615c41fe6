import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../../src/demo/simulators/server.ts';
import { makeVendureDialect } from '../../../src/demo/simulators/vendure.ts';

// It speaks HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A shop as it was measured on 3.7.3, asked without any driver between. */
async function open() {
  const shop = fakeShop({ still: ['variants'] });
  const served = await serve(shop, makeVendureDialect());
  onTestFinished(() => served.close());
  const key = `${rightKey.key}:${rightKey.secret}`;
  const ask = async (query: string, headers: Record<string, string> = { 'vendure-api-key': key }) => {
    const body = JSON.stringify({ query });
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    const reply = await fetch(`${served.url}/admin-api`, init);
    return { status: reply.status, body: JSON.parse(await reply.text()) };
  };
  return { shop, ask, key };
}
const codeOf = ({
  body,
}: {
  readonly body: { readonly errors?: readonly { readonly extensions: { readonly code: string } }[] };
}) => body.errors?.[0]?.extensions.code;

test('a key in its own header is let in; as Bearer it is answered 200 and FORBIDDEN', async () => {
  const { ask, key } = await open();
  expect((await ask('{ activeChannel { token } }')).body.data.activeChannel.token).toBeTypeOf('string');
  const bearer = await ask('{ activeChannel { token } }', { authorization: `Bearer ${key}` });
  expect([bearer.status, codeOf(bearer)]).toEqual([200, 'FORBIDDEN']);
});

test('a nonsense date and a comparison of ids do not fit: HTTP 400, never everything', async () => {
  const { shop, ask } = await open();
  shop.add({ sku: 'CUP' });
  const list = (filter: string) => ask(`{ productVariants(options: { filter: ${filter} }) { totalItems } }`);
  expect((await list('{ updatedAt: { after: "yesterday" } }')).status).toBe(400);
  expect(await list('{ id: { gt: "1" } }')).toMatchObject({ status: 400 });
  expect((await list('{ updatedAt: { after: "2030-01-01T00:00:00Z" } }')).body.data.productVariants.totalItems).toBe(0);
});

test('past the end there is nothing, and a take above the limit is refused by its number', async () => {
  const { shop, ask } = await open();
  shop.add({ sku: 'CUP' });
  const page = await ask('{ productVariants(options: { skip: 9, take: 5 }) { totalItems items { id } } }');
  expect(page.body.data.productVariants).toEqual({ totalItems: 1, items: [] });
  const large = await ask('{ productVariants(options: { take: 1001 }) { totalItems } }');
  expect([large.status, codeOf(large), large.body.errors[0].message]).toEqual([
    200,
    'USER_INPUT_ERROR',
    expect.stringContaining('Cannot take more than 1000 results'),
  ]);
});

test('an unknown id rolls a batch back, below zero is refused, and the last of two figures wins', async () => {
  const { shop, ask } = await open();
  const id = shop.add({ sku: 'CUP', quantity: 4 }).variants[0]!.id;
  const write = (input: string) => ask(`mutation { updateProductVariants(input: ${input}) { id } }`);
  expect(codeOf(await write(`[{ id: "${id}", stockOnHand: 9 }, { id: "404", stockOnHand: 1 }]`))).toBe(
    'ENTITY_NOT_FOUND',
  );
  expect(codeOf(await write(`[{ id: "${id}", stockOnHand: -1 }]`))).toBe('USER_INPUT_ERROR');
  expect((await write(`[{ id: "${id}", stockOnHand: 2.5 }]`)).status).toBe(400);
  expect(shop.shelf[0]!.variants[0]!.quantity).toBe(4);
  const twice = await write(`[{ id: "${id}", stockOnHand: 5 }, { id: "${id}", stockOnHand: 7 }]`);
  expect(twice.body.data.updateProductVariants).toEqual([{ id }]);
  expect(shop.shelf[0]!.variants[0]!.quantity).toBe(7);
});

test('what is not counted takes a figure without a word, and a product that is none is null and no error', async () => {
  const { shop, ask } = await open();
  const id = shop.add({ sku: 'CUP', tracked: false }).variants[0]!.id;
  const written = await ask(`mutation { updateProductVariants(input: [{ id: "${id}", stockOnHand: 5 }]) { id } }`);
  expect(written.body).toEqual({ data: { updateProductVariants: [{ id }] } });
  expect((await ask('{ product(id: "404") { id } }')).body).toEqual({ data: { product: null } });
});
