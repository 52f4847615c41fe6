import { fakeShop } from '../src/demo/simulators/fake-shop.ts';
import { serve } from '../src/demo/simulators/server.ts';
import { olderWooCommerceDialect, wooCommerceDialect } from '../src/demo/simulators/woocommerce.ts';

/** A shop in a process of its own, so that it takes no time from the one that is measured. */
const products = Number(process.argv[2] ?? 20_000);
/** So many of them have variations, in a shop from before the list of all variations. */
const variable = Number(process.argv[3] ?? 0);
const shop = fakeShop({ startsAt: Date.now() - 86_400_000, stepMs: 1 });
for (let number = 1; number <= products; number += 1) {
  const sku = `BENCH-${number}`;
  const own = { title: `Regnjakke Ærø nr. ${number}`, price: '349.00' };
  const sizes = ['S', 'M', 'L'].map((value) => ({
    sku: `${sku}-${value}`,
    quantity: 4,
    options: [{ name: 'Size', value }],
  }));
  if (number <= variable) shop.add({ ...own, variants: sizes });
  else shop.add({ ...own, sku, quantity: number % 90 });
}
const { url } = await serve(shop, variable > 0 ? olderWooCommerceDialect : wooCommerceDialect);
process.on('message', (said) => {
  if (typeof said === 'number') shop.temper.latencyMs = said;
  if (said === 'forget') shop.memory.requests.length = 0;
  if (said === 'what was asked?') {
    process.send?.(
      shop.memory.requests
        .filter(({ method }) => method === 'GET')
        .map(({ path, query }) => `${path}?${new URLSearchParams(query)}`),
    );
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.(url);
