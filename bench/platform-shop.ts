import { fakeShop } from '../src/demo/simulators/fake-shop.ts';
import { type Dialect, type FakeRequest, serve } from '../src/demo/simulators/server.ts';
import { platformParts } from '../test/support/platform-parts.ts';

/**
 * A shop of one platform with so many products, in a process of its own, that remembers what it was asked. Answers are
 * worked out once and then kept, so that what is measured is the reading and not the simulator.
 */
const [platform = 'woocommerce', products = '20000'] = process.argv.slice(2);
const parts = platformParts[platform];
if (parts === undefined) throw new Error(`There is no platform ${platform}.`);

/** An answer of a real shop takes 70 ms at the least (WooCommerce), and up to 700 ms (Magento); this is less than any. */
const latencyMs = 40;

const shop = fakeShop({ ...parts.shop, startsAt: Date.now() - 86_400_000, stepMs: 1 });
for (let number = 1; number <= Number(products); number += 1) {
  shop.add({ sku: `BENCH-${number}`, title: `Regnjakke Ærø nr. ${number}`, price: '349.00', quantity: number % 90 });
}

const asked: FakeRequest[] = [];
const answers = new Map<string, ReturnType<Dialect['answer']>>();
// What a shop's budget of cost makes everybody wait is no part of what is measured: its clock runs fast.
const dialect = parts.dialect(() => Date.now() * 1000);
const remembering: Dialect = {
  ...dialect,
  answer: (request, world) => {
    asked.push(request);
    const key = `${request.method} ${request.path} ${request.query} ${request.body}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = dialect.answer(request, world);
    // A session is begun anew each time.
    const isKept =
      answer.status === 200 && !/login|Solution_Connect|grant_type/.test(`${request.path} ${request.body}`);
    const kept = { ...answer, body: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body) };
    if (isKept) answers.set(key, kept);
    return answer;
  },
};

const { url } = await serve(shop, remembering);
process.on('message', (said) => {
  if (said === 'forget') asked.length = 0;
  if (said === 'what was asked?') {
    shop.temper.latencyMs = latencyMs;
    process.send?.(asked.map(({ query, ...request }) => ({ ...request, query: `${query}` })));
  }
  shop.memory.requests.length = 0;
});
process.on('disconnect', () => process.exit(0));
process.send?.(`${url}${parts.path ?? ''}`);
