import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { setQuantities, stockTargets, variantsPage } from '../../../src/connectors/shopify/documents.ts';
import { type FakeShop, fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { makeShopifyDialect, type ShopifyOptions } from '../../../src/demo/simulators/shopify.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Reply = {
  readonly data?: { readonly [name: string]: unknown };
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly search?: readonly { readonly warnings: readonly unknown[] }[] };
};

/** Asks the simulator as a stranger would, without a connector. */
function asker(shop: FakeShop, options: ShopifyOptions = {}) {
  const dialect = makeShopifyDialect(options);
  return (query: string, variables: object = {}): Reply => {
    const { body } = dialect.answer(
      {
        method: 'POST',
        path: '/admin/api/2026-10/graphql.json',
        query: new URLSearchParams(),
        headers: { 'x-shopify-access-token': rightKey.secret },
        body: JSON.stringify({ query, variables }),
      },
      shop,
    );
    return JSON.parse(JSON.stringify(body));
  };
}

const ids = (reply: Reply): readonly unknown[] =>
  (reply.data?.productVariants as { nodes: { id: string }[] }).nodes.map(({ id }) => id.split('/').at(-1));
const search = (query: string) => ({
  query,
  first: 50,
  counted: false,
  located: false,
  location: 'gid://shopify/Location/1',
});
const line = (shop: FakeShop, over: object = {}) => ({
  inventoryItemId: `gid://shopify/InventoryItem/${shop.shelf[0]?.variants[0]?.inventoryItemId}`,
  locationId: 'gid://shopify/Location/1',
  quantity: 3,
  changeFromQuantity: null,
  ...over,
});
const setting = (...quantities: object[]) => ({ name: 'available', reason: 'correction', quantities });

/** Replies of a real shop; their origin allows reading them, not keeping them here. */
const recorded = new URL(
  '../../../../shared/reference/data/shopify/recorded/harry-test-heelo.myshopify.com_2026-04_products_inventory-quantity-contracts-2026-04.json',
  import.meta.url,
);
const absent = !existsSync(recorded);
const why = absent ? ' (skipped: the recordings are not on this machine)' : '';
const real = () => JSON.parse(readFileSync(recorded, 'utf8'));

describe('The simulated search', () => {
  it('warns of a field it does not know, and then matches everything', () => {
    const shop = fakeShop();
    shop.add({ sku: 'A' });
    shop.add({ sku: 'B' });
    const reply = asker(shop)(variantsPage.text, search("colour:'red'"));
    expect(ids(reply)).toHaveLength(2);
    expect(reply.extensions?.search?.[0]?.warnings).toEqual([
      { field: 'colour', message: 'Invalid search field for this query.', code: 'invalid_field' },
    ]);
  });

  it('loses the time of a date that stands without quotes', () => {
    const shop = fakeShop({ startsAt: Date.UTC(2026, 9, 1, 8), stepMs: 3_600_000 });
    const ask = asker(shop);
    const [, late] = [shop.add(), shop.add()];
    const moment = '2026-10-01T10:00:00Z';
    expect(ids(ask(variantsPage.text, search(`updated_at:>='${moment}'`)))).toEqual([late.variants[0]!.id]);
    expect(ids(ask(variantsPage.text, search(`updated_at:>=${moment}`)))).toHaveLength(2);
  });

  it('does not find what changed a moment ago, when its index lags', () => {
    const shop = fakeShop();
    const ask = asker(shop, { indexLagMs: 12_000 });
    shop.add({ sku: 'NEW' });
    expect(ids(ask(variantsPage.text, search("sku:'NEW'")))).toEqual([]);
    expect(ids(ask(variantsPage.text, search('')))).toHaveLength(1);
    shop.passTime(12_000);
    expect(ids(ask(variantsPage.text, search("sku:'NEW'")))).toHaveLength(1);
  });
});

describe('The simulated stock', () => {
  it.skipIf(absent)(`complains in the words of a real shop${why}`, () => {
    const shop = fakeShop();
    shop.add();
    const ask = asker(shop);
    const { missingSetIdempotency, missingSetChangeFromQuantity, unknownIdValidation } = real();
    const bare = setQuantities.text.replace(' @idempotent(key: $key)', '').replace(', $key: String!', '');
    const { changeFromQuantity: _, ...without } = line(shop);
    const told = (reply: Reply) => reply.errors?.map(({ message, extensions }) => [message, extensions.code]);
    expect(told(ask(bare, { input: setting(line(shop)) }))).toEqual(told(missingSetIdempotency.response));
    expect(told(ask(setQuantities.text, { input: setting(without), key: '1' }))).toEqual(
      told(missingSetChangeFromQuantity.response),
    );
    const userErrors = (reply: Reply) => (reply.data?.inventorySetQuantities as { userErrors: unknown }).userErrors;
    for (const [over, key, answer] of [
      [{ inventoryItemId: 'gid://shopify/InventoryItem/999' }, '2', unknownIdValidation.setUnknownInventoryItem],
      [{ locationId: 'gid://shopify/Location/999' }, '3', unknownIdValidation.setUnknownLocation],
    ]) {
      const reply = ask(setQuantities.text, { input: setting(line(shop, over)), key });
      expect(userErrors(reply)).toEqual(userErrors(answer.response));
    }
  });

  it('does the same once under one key, and refuses the key for anything else', () => {
    const shop = fakeShop();
    const cup = shop.add({ quantity: 1 });
    const ask = asker(shop);
    const asked = { input: setting(line(shop)), key: 'once' };
    ask(setQuantities.text, asked);
    shop.sell([{ productId: cup.id, quantity: 1 }]);
    ask(setQuantities.text, asked);
    expect(cup.variants[0]!.quantity).toBe(2);
    const other = ask(setQuantities.text, { input: setting(line(shop, { quantity: 9 })), key: 'once' });
    expect(JSON.stringify(other)).toContain('IDEMPOTENCY_KEY_PARAMETER_MISMATCH');
  });

  it('has a hole where there is no such thing', () => {
    const reply = asker(fakeShop())(stockTargets.text, {
      ids: ['gid://shopify/ProductVariant/404'],
      location: 'gid://shopify/Location/404',
    });
    expect(reply.errors).toBeUndefined();
    expect(reply.data).toMatchObject({ nodes: [null], location: null });
  });
});

describe('The simulated shop', () => {
  it('refuses a field that is not in its schema, and a document that is none', () => {
    const ask = asker(fakeShop());
    expect(ask('{ shop { colour } }').errors?.[0]?.extensions.code).toBe('undefinedField');
    expect(ask('{ shop {').errors?.[0]?.extensions.code).toBe('PARSE_ERROR');
  });

  it('has no bin: what other platforms keep there is gone', () => {
    const shop = fakeShop();
    shop.trash(shop.add().id);
    expect(ids(asker(shop)(variantsPage.text, search('')))).toEqual([]);
  });

  it('shows no order older than 60 days to a key that may not see them all', () => {
    const shop = fakeShop();
    const cup = shop.add();
    shop.sell([{ productId: cup.id, quantity: 1 }], { createdAt: shop.now() - 70 * 86_400_000 });
    const orders = '{ orders(first: 5) { nodes { id } } }';
    const count = (reply: Reply) => (reply.data?.orders as { nodes: unknown[] }).nodes.length;
    expect(count(asker(shop)(orders))).toBe(1);
    shop.credentials[0]!.permissions.delete('read-all-orders');
    expect(count(asker(shop)(orders))).toBe(0);
  });
});
