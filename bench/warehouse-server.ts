import { fakeShop } from '../src/demo/simulators/fake-shop.ts';
import { type Dialect, serve } from '../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../src/demo/simulators/warehouses/peakwms.ts';
import { peakModel } from '../src/demo/simulators/warehouses/peakwms-model.ts';

/**
 * A PeakWMS with so many products, in a process of its own: half of them lie in two places, half in three. Answers are
 * worked out once and then kept, so that what is measured is the reading and not the simulator.
 */
const products = Number(process.argv[2] ?? 100_000);
let calls = 0;
// 240 calls a minute would be measured otherwise: its clock goes on a second with each call.
const model = peakModel({ now: () => Date.UTC(2026, 10, 24) + calls * 1_000 });
for (let number = 1; number <= products; number += 1) {
  const places = Array.from({ length: number % 2 === 0 ? 2 : 3 }, (_, place) => ({
    locationCode: `${'ABC'[place]}-${String(number % 400).padStart(3, '0')}`,
    quantity: number % 90,
  }));
  const ean = `57${String(number).padStart(10, '0')}`;
  model.add({ sku: `BENCH-${number}`, name: `Regnjakke Ærø nr. ${number}`, ean, ordered: number % 7, lots: places });
}
const shop = fakeShop({ name: 'peakwms' });
// An answer over the internet takes longer than this.
shop.temper.latencyMs = 10;
const dialect = makePeakWmsDialect(model);
const answers = new Map<string, ReturnType<Dialect['answer']>>();
const remembering: Dialect = {
  ...dialect,
  answer: (request, world) => {
    calls += 1;
    const key = `${request.path}?${request.query}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = dialect.answer(request, world);
    const kept = { ...answer, body: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body) };
    if (answer.status === 200) answers.set(key, kept);
    return kept;
  },
};
const { url } = await serve(shop, remembering);
process.on('disconnect', () => process.exit(0));
process.send?.({ url, key: model.key });
