import { describe, expect, it } from 'vitest';
import { isLoopback, normaliseUrl, under } from '../../src/connectors/urls.ts';
import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';

describe('An address that was typed (80, 81)', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example/', 'https://shop.example'],
    ['  https://Shop.Example//  ', 'https://shop.example'],
    ['shop.example', 'https://shop.example'],
    ['shop.example/butik/', 'https://shop.example/butik'],
    ['https://shop.example/butik/wp-json/wc/v3/', 'https://shop.example/butik'],
    ['https://shop.example/wp-json', 'https://shop.example'],
    ['https://shop.example/wp-admin/post.php?post=7&action=edit', 'https://shop.example'],
    ['https://shop.example/index.php/wp-json', 'https://shop.example'],
    ['https://shop.example:8443/a', 'https://shop.example:8443/a'],
    ['https://shop.example/?utm=1#top', 'https://shop.example'],
    ['https://blåbær.example', 'https://xn--blbr-roah.example'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['https://warehouse-shop/', 'https://warehouse-shop'],
  ])('%s is kept as %s', (typed, url) => {
    expect(wooCommerce.normaliseUrl(typed)).toEqual({ url });
  });

  it.each([
    ['', 'not-a-url'],
    ['my shop', 'not-a-url'],
    ['ftp://shop.example', 'not-a-url'],
    ['shop', 'no-host'],
    ['https://', 'no-host'],
    ['https://shop.example:0', 'no-host'],
    ['https://shop..example', 'no-host'],
    ['https://.example', 'no-host'],
    ['https://shop.example\\@evil.example', 'not-a-url'],
    ['https:\\\\shop.example', 'not-a-url'],
    ['https://user:pass@shop.example', 'has-credentials'],
    ['https://shop.example/?consumer_key=ck_1', 'has-credentials'],
    ['http://shop.example', 'plain-http'],
    ['http://192.168.1.4/shop', 'plain-http'],
    ['https://169.254.169.254/latest', 'no-host'],
  ])('%s is refused as %s', (typed, problem) => {
    expect(wooCommerce.normaliseUrl(typed)).toEqual({ problem });
  });

  it.each([
    ...['2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.43518', '169。254。169。254', '①⑥⑨.254.169.254'],
    ...['[::ffff:169.254.169.254]', '[::a9fe:a9fe]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::a9fe:a9fe]'],
    ...['[2002:a9fe:a9fe::1]', '[fe80::1]', '[fd00:ec2::254]', '[fd20:ce::254]', '[ff02::1]', '0', '[::]'],
    ...['metadata.google.internal.', 'metadata', 'instance-data', '100.100.100.200', '192.0.0.192', '168.63.129.16'],
    ...['224.0.0.1', '255.255.255.255', '169.254.169.254.', `${'a'.repeat(64)}.example`, 'a.'.repeat(128)],
  ])('R18b: no shop answers at https://%s', (host) => {
    expect(wooCommerce.normaliseUrl(`https://${host}/`)).toEqual({ problem: 'no-host' });
  });

  it.each([
    ...['sh\u09e6p.example', 'გhop.example', '0o.ꓢhop.example', 'ᏚᎻᎾᏢ.example', 'shop-一.example'],
    ...['shọp.example', 'shoṗ.example', 'shop\u0323x.example', 'sh\u0131p.example'],
    ...['shop⁄evil.example', 'shop∕evil.example', 'shop·x.example', 'shop%E3%80%82example', 'sh%E2%80%8Bop.example'],
    ...['%D1%95hop.example', 'shop．example', 'ｓhop.example', 'аррӏе.com', 'shop.еxample', 'ΒΙΝ.example'],
  ])('R19: https://%s is not what it looks like', (host) => {
    expect(wooCommerce.normaliseUrl(`https://${host}/`)).toMatchObject({ problem: 'lookalike' });
  });

  it.each([
    ...['smørrebrød.dk', 'blåbær.example', 'łódź.example', 'česko.example', 'faß.example', 'șura.example'],
    ...['пример.рф', 'κόσμος.gr', '日本.jp', 'xn--80ak6aa92e.com', 'sm%C3%B8r.dk'],
  ])('R19: https://%s is what it looks like', (host) => {
    expect(wooCommerce.normaliseUrl(`https://${host}/`)).toEqual({ url: expect.stringMatching(/^https:\/\/[\w.-]+$/) });
  });

  it('R19: a dot at the end names the same shop', () => {
    expect(wooCommerce.normaliseUrl('https://shop.example./a')).toEqual({ url: 'https://shop.example/a' });
  });

  it('is the same again when it is typed as it is kept', () => {
    const once = normaliseUrl('Shop.example/Butik/wp-json/', /\/wp-json(\/.*)?$/i);
    expect(once).toEqual({ url: 'https://shop.example/Butik' });
    expect(normaliseUrl('https://shop.example/Butik', /\/wp-json(\/.*)?$/i)).toEqual(once);
  });
});

describe('An address under a base', () => {
  it('keeps the folder that the shop lies in, and encodes what is asked', () => {
    const url = under('https://shop.example/butik', '/wp-json/wc/v3/products', { sku: 'A&B +1' });
    expect(url.href).toBe('https://shop.example/butik/wp-json/wc/v3/products?sku=A%26B+%2B1');
  });

  it('keeps what the path asks by itself', () => {
    const url = under('https://shop.example/', 'index.php?route=api&page=1', { page: '2' });
    expect(url.href).toBe('https://shop.example/index.php?route=api&page=2');
  });

  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['[::ffff:7f00:1]', true],
    ['[::ffff:a00:1]', false],
    ['127.0.0.1.example', false],
    ['10.0.0.1', false],
    ['localhost.example', false],
  ])('%s is this machine: %s', (host, own) => {
    expect(isLoopback(host)).toBe(own);
  });
});

describe('R19: an address that is not what it looks like', () => {
  it.each([
    ['https://ѕhop.example', 'https://xn--hop-ehd.example'],
    ['https://sh\u200bop.example', 'https://shop.example'],
    ['https://соре.example', 'https://xn--e1argc.example'],
    ['https://ｓhop.example/butik', 'https://shop.example'],
    ['https://shop。example', 'https://shop.example'],
  ])('%s is asked about by its ASCII form', (typed, ascii) => {
    expect(wooCommerce.normaliseUrl(typed)).toEqual({ problem: 'lookalike', ascii });
  });

  it.each([
    'https://blåbær.example',
    'https://køb-ægte.example',
    'https://магазин.example',
    'https://xn--hop-ehd.example',
  ])("%s is nobody's double, or was typed as what it is", (typed) => {
    expect(wooCommerce.normaliseUrl(typed)).toHaveProperty('url');
  });

  it.each([
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:a9fe:a9fe]',
    'https://[64:ff9b::169.254.169.254]',
    'https://2852039166/',
    'https://0xA9FEA9FE',
    'https://[fe80::1]',
    'https://0.0.0.0',
  ])("%s is this machine's own network, not a shop", (typed) => {
    expect(wooCommerce.normaliseUrl(typed)).toEqual({ problem: 'no-host' });
  });

  it.each([
    'https://shop.example/ck_0123456789abcdef/',
    'https://shop.example/#cs_0123456789abcdef',
    'https://shop.example/?token=1',
  ])('%s holds a key', (typed) => {
    expect(wooCommerce.normaliseUrl(typed)).toEqual({ problem: 'has-credentials' });
  });
});
