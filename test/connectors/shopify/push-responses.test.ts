import { describe, expect, it, vi } from 'vitest';
import type { FakeProduct } from '../../../src/demo/simulators/shelf.ts';
import type { PushOutcome } from '../../../src/ports/shop-connector.ts';
import { refTo } from '../../support/builders.ts';
import { forever, type Opened, open } from './open-shopify.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Sent = { readonly key: string; readonly items: readonly string[] };
/** What the shop answers to one setting of stock; `undefined`: what it usually answers. */
type Answering = (sent: Sent, before: readonly Sent[]) => object | undefined;

const userError = (code: string, field: readonly string[] | null = null) => ({
  data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors: [{ code, field, message: code }] } },
});

/** A shop that sometimes answers a push in a way of its own, and what it was sent. */
async function answering(answer: Answering): Promise<Opened & { readonly sent: readonly Sent[] }> {
  const sent: Sent[] = [];
  const opened = await open({}, {}, (usual) => ({
    answer: (request, shop) => {
      const { operationName, variables } = JSON.parse(request.body);
      if (operationName !== 'SetQuantities') return usual.answer(request, shop);
      const items = variables.input.quantities.map(
        ({ inventoryItemId }: { inventoryItemId: string }) => inventoryItemId,
      );
      const now: Sent = { key: variables.key, items };
      const body = answer(now, sent);
      sent.push(now);
      return body === undefined ? usual.answer(request, shop) : { status: 200, body };
    },
  }));
  return { ...opened, sent };
}

const push = ({ connector }: Opened, products: readonly FakeProduct[]): Promise<readonly PushOutcome[]> =>
  connector.push(
    products.map(({ id, variants }) => ({ ref: refTo('dk', id, variants[0]!.id), quantity: 7, key: `key-${id}` })),
    forever,
  );
const cameTo = (outcomes: readonly PushOutcome[]): readonly string[] =>
  outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.why : outcome.kind));

describe('A push that Shopify', () => {
  it('is still busy with is sent again under the same key, after a wait', async () => {
    const opened = await answering((_, before) =>
      before.length < 2 ? userError('IDEMPOTENCY_CONCURRENT_REQUEST') : undefined,
    );
    const start = Date.parse(opened.clock.now());
    expect(cameTo(await push(opened, [opened.shop.add()]))).toEqual(['set']);
    expect(opened.sent).toHaveLength(3);
    expect(new Set(opened.sent.map(({ key }) => key)).size).toBe(1);
    expect(Date.parse(opened.clock.now()) - start).toBe(2000);
  });

  it('stays busy with is of unknown outcome', async () => {
    const opened = await answering(() => userError('IDEMPOTENCY_CONCURRENT_REQUEST'));
    expect(cameTo(await push(opened, [opened.shop.add(), opened.shop.add()]))).toEqual([
      'outcome-unknown',
      'outcome-unknown',
    ]);
    expect(opened.sent).toHaveLength(5);
  });

  it.each([
    'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
    'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
  ])('answers with %s is sent under another key', async (code) => {
    const opened = await answering((_, before) => (before.length === 0 ? userError(code) : undefined));
    expect(cameTo(await push(opened, [opened.shop.add()]))).toEqual(['set']);
    expect(new Set(opened.sent.map(({ key }) => key)).size).toBe(2);
  });

  it('refuses without saying which line is halved until it is found', async () => {
    let poison = '';
    const opened = await answering(({ items }) => (items.includes(poison) ? userError('UNHEARD_OF') : undefined));
    const products = Array.from({ length: 5 }, () => opened.shop.add({ quantity: 1 }));
    poison = `gid://shopify/InventoryItem/${products[3]!.variants[0]!.inventoryItemId}`;
    expect(cameTo(await push(opened, products))).toEqual(['set', 'set', 'set', 'refused-by-shop', 'set']);
    expect(products.map(({ variants }) => variants[0]!.quantity)).toEqual([7, 7, 7, 1, 7]);
  });

  it('refuses as a whole is not tried line by line', async () => {
    const opened = await answering(() => userError('INVALID_REASON', ['input', 'reason']));
    const products = Array.from({ length: 5 }, () => opened.shop.add());
    expect(new Set(cameTo(await push(opened, products)))).toEqual(new Set(['refused-by-shop']));
    expect(opened.sent).toHaveLength(1);
  });

  it('takes and does not apply is refused', async () => {
    const opened = await answering(() => ({
      data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors: [] } },
    }));
    expect(cameTo(await push(opened, [opened.shop.add({ quantity: 1 })]))).toEqual(['quantity-not-taken']);
  });

  it('loses the item of, in the meantime, is not said to be set', async () => {
    const opened = await answering(() => {
      opened.shop.deleteForever(opened.shop.shelf[0]!.id);
      return { data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors: [] } } };
    });
    expect(cameTo(await push(opened, [opened.shop.add({ quantity: 1 })]))).toEqual(['quantity-not-taken']);
  });
});
