/*
 * Fills an empty Medusa with a small shop, and prints what the test needs to know of it as JSON: the key and ids.
 * URL says where it answers; EMAIL and PASSWORD are a user's that was made before.
 */
const { URL: base, EMAIL: email, PASSWORD: password } = process.env;
let authorization = '';

async function ask(method, path, body) {
  const reply = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...(authorization === '' ? {} : { authorization }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 400)}`);
  return JSON.parse(text);
}

const { token } = await ask('POST', '/auth/user/emailpass', { email, password });
authorization = `Bearer ${token}`;
const { api_key: key } = await ask('POST', '/admin/api-keys', { title: 'bindeled', type: 'secret' });
authorization = `Basic ${Buffer.from(`${key.token}:`).toString('base64')}`;

const { stores } = await ask('GET', '/admin/stores');
await ask('POST', `/admin/stores/${stores[0].id}`, {
  name: 'Nordlys',
  supported_currencies: [{ currency_code: 'dkk', is_default: true }],
});
const { sales_channel: channel } = await ask('POST', '/admin/sales-channels', { name: 'Web' });
const { stock_location: location } = await ask('POST', '/admin/stock-locations', { name: 'Lager' });
await ask('POST', `/admin/stock-locations/${location.id}/sales-channels`, { add: [channel.id] });
const { shipping_profile: profile } = await ask('POST', '/admin/shipping-profiles', { name: 'Varer', type: 'default' });

async function product(title, variants, more = {}) {
  const { quantities, sizes = ['Standard'], ...pauseFor } = { quantities: [], ...more };
  const { product: made } = await ask(
    'POST',
    '/admin/products?fields=id,variants.id,variants.sku,variants.inventory_items.inventory_item_id',
    {
      title,
      status: 'published',
      description: `${title} af stentøj`,
      sales_channels: [{ id: channel.id }],
      shipping_profile_id: profile.id,
      options: [{ title: 'Størrelse', values: sizes }],
      variants: variants.map((variant, at) => ({
        title: sizes[at],
        manage_inventory: true,
        options: { Størrelse: sizes[at] },
        prices: [{ currency_code: 'dkk', amount: 99.5 }],
        ...variant,
      })),
      ...pauseFor,
    },
  );
  // Medusa answers them in an order of its own.
  const order = variants.map(({ sku }) => sku);
  const inOrder = made.variants.toSorted((a, b) => order.indexOf(a.sku) - order.indexOf(b.sku));
  for (const [at, variant] of inOrder.entries()) {
    const item = variant.inventory_items?.[0]?.inventory_item_id;
    if (item === undefined) continue;
    await ask('POST', `/admin/inventory-items/${item}/location-levels`, {
      location_id: location.id,
      stocked_quantity: quantities[at] ?? 0,
    });
  }
  return { product: made.id, variants: inOrder.map(({ id }) => id) };
}

const products = {
  cup: await product('Kop', [{ sku: 'KOP-1', ean: '5701234567899' }], { quantities: [3] }),
  shirt: await product('Trøje', [{ sku: 'TR-S' }, { sku: 'TR-M' }], { quantities: [5, 6], sizes: ['S', 'M'] }),
  draft: await product('Kladde', [{ sku: 'KLADDE-1' }], { quantities: [2], status: 'draft' }),
  unshown: await product('Usynlig', [{ sku: 'USYNLIG-1' }], { quantities: [2], sales_channels: [] }),
  uncounted: await product('Gavekort', [{ sku: 'FRI-1', manage_inventory: false }]),
};
for (let at = 1; at <= Number(process.env.MORE ?? 0); at += 1) {
  await product(`Skål ${at}`, [{ sku: `SK-${String(at).padStart(4, '0')}` }], { quantities: [at] });
}
console.log(
  JSON.stringify({ products, key: key.token, location: location.id, channel: channel.id, store: stores[0].id }),
);
