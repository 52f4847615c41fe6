/*
 * Fills an empty Vendure with a small shop, and prints what the test needs to know of it as JSON: keys and ids.
 * URL says where the admin API answers.
 */
const url = `${process.env.URL}/admin-api`;
let token = '';

async function ask(query, variables = {}) {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  token = reply.headers.get('vendure-auth-token') ?? token;
  const { data, errors } = await reply.json();
  if (errors !== undefined) throw new Error(JSON.stringify(errors).slice(0, 500));
  return data;
}

const inDanish = (name, more = {}) => [{ languageCode: 'en', name, ...more }];

await ask('mutation { login(username: "superadmin", password: "superadmin") { __typename } }');
const { createCountry } = await ask('mutation ($input: CreateCountryInput!) { createCountry(input: $input) { id } }', {
  input: { code: 'DK', enabled: true, translations: inDanish('Danmark') },
});
const { createZone } = await ask(
  'mutation ($ids: [ID!]) { createZone(input: { name: "DK", memberIds: $ids }) { id } }',
  {
    ids: [createCountry.id],
  },
);
const { createTaxCategory } = await ask(
  'mutation { createTaxCategory(input: { name: "Standard", isDefault: true }) { id } }',
);
await ask('mutation ($input: CreateTaxRateInput!) { createTaxRate(input: $input) { id } }', {
  input: { name: 'Moms', value: 25, enabled: true, categoryId: createTaxCategory.id, zoneId: createZone.id },
});
const { activeChannel } = await ask('{ activeChannel { id } }');
await ask(
  'mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename ... on ErrorResult { message } } }',
  {
    input: {
      id: activeChannel.id,
      defaultTaxZoneId: createZone.id,
      defaultShippingZoneId: createZone.id,
      defaultCurrencyCode: 'DKK',
      availableCurrencyCodes: ['DKK'],
      pricesIncludeTax: true,
    },
  },
);

async function product(name, variants, { enabled = true, sizes } = {}) {
  const { createProduct } = await ask(
    'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }',
    {
      input: {
        enabled,
        translations: inDanish(name, { slug: name.toLowerCase(), description: `<p>${name} af stentøj</p>` }),
      },
    },
  );
  let options = [];
  if (sizes !== undefined) {
    const { createProductOptionGroup: group } = await ask(
      'mutation ($input: CreateProductOptionGroupInput!) { createProductOptionGroup(input: $input) { id options { id } } }',
      {
        input: {
          code: `size-${createProduct.id}`,
          translations: inDanish('Størrelse'),
          options: sizes.map((size) => ({ code: size.toLowerCase(), translations: inDanish(size) })),
        },
      },
    );
    await ask('mutation ($p: ID!, $g: ID!) { addOptionGroupToProduct(productId: $p, optionGroupId: $g) { id } }', {
      p: createProduct.id,
      g: group.id,
    });
    options = group.options.map(({ id }) => [id]);
  }
  const { createProductVariants } = await ask(
    'mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }',
    {
      input: variants.map((variant, at) => ({
        productId: createProduct.id,
        price: 9950,
        optionIds: options[at] ?? [],
        trackInventory: 'TRUE',
        translations: inDanish(sizes === undefined ? name : `${name} ${sizes[at]}`),
        ...variant,
      })),
    },
  );
  return { product: createProduct.id, variants: createProductVariants.map(({ id }) => id) };
}

const products = {
  cup: await product('Kop', [{ sku: 'KOP-1', stockOnHand: 3, customFields: { ean: '5701234567899' } }]),
  shirt: await product(
    'Trøje',
    [
      { sku: 'TR-S', stockOnHand: 5 },
      { sku: 'TR-M', stockOnHand: 6 },
    ],
    {
      sizes: ['S', 'M'],
    },
  ),
  hidden: await product('Skjult', [{ sku: 'SKJULT-1', stockOnHand: 2 }], { enabled: false }),
  uncounted: await product('Gavekort', [{ sku: 'FRI-1', trackInventory: 'FALSE' }]),
};
for (let at = 1; at <= Number(process.env.MORE ?? 0); at += 1) {
  await product(`Skål ${at}`, [{ sku: `SK-${String(at).padStart(4, '0')}`, stockOnHand: at }]);
}

async function apiKey(code, permissions) {
  const { createRole } = await ask('mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }', {
    input: { code, description: code, permissions },
  });
  const { createApiKey } = await ask(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey } }',
    {
      input: { translations: inDanish(code), roleIds: [createRole.id] },
    },
  );
  return createApiKey.apiKey;
}
const readers = ['ReadCatalog', 'ReadStockLocation', 'ReadOrder', 'ReadSettings'];
const keys = {
  full: await apiKey('bindeled', [...readers, 'UpdateCatalog']),
  reader: await apiKey('reader', readers),
  blind: await apiKey('blind', ['ReadOrder']),
};
console.log(JSON.stringify({ products, keys }));
