import { fakeShop } from '../src/demo/simulators/fake-shop.ts';
import { serve } from '../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../src/demo/simulators/woocommerce.ts';

/** A shop in a process of its own, so that it takes no time from the one that is measured. */
const products = Number(process.argv[2] ?? 20_000);
const shop = fakeShop({ startsAt: Date.now() - 86_400_000, stepMs: 1 });
for (let number = 1; number <= products; number += 1) {
  shop.add({ title: `Regnjakke Ærø nr. ${number}`, sku: `BENCH-${number}`, price: '349.00', quantity: number % 90 });
}
const { url } = await serve(shop, wooCommerceDialect);
process.on('message', (said) => {
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
