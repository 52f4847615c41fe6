import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeWebshopDialect } from '../../../src/demo/simulators/dandomain-webshop.ts';
import { type FakeShop, fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../../src/demo/simulators/server.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Ask = (operation: string, given?: string) => Promise<string>;
const target = 'https://api.hostedshop.io/service.php';

/** A fresh shop and a session in it, asked as anybody would ask it. */
async function open(): Promise<{ readonly shop: FakeShop; readonly ask: Ask; readonly login: () => Promise<string> }> {
  const shop = fakeShop();
  const served = await serve(shop, makeWebshopDialect());
  onTestFinished(() => served.close());
  let cookie = '';
  const ask: Ask = async (operation, given = '') => {
    const body = `<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><t:${operation} xmlns:t="${target}">${given}</t:${operation}></e:Body></e:Envelope>`;
    const headers = { soapaction: `"${target}#${operation}"`, 'content-type': 'text/xml', cookie };
    const response = await fetch(`${served.url}/service.php`, { method: 'POST', body, headers });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return (await response.text()).replace(/\s*\n\s*/g, '');
  };
  const login = () =>
    ask('Solution_Connect', `<Username>${rightKey.key}</Username><Password>${rightKey.secret}</Password>`);
  return { shop, ask, login };
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/dandomain-webshop/${name}.xml`, import.meta.url), 'utf8').replace(
    /\s*\n\s*/g,
    '',
  );

describe('The simulated DanDomain Webshop speaks as the samples do', () => {
  it('faults without a login, with too few arguments, and with a page before the first', async () => {
    const { ask, login } = await open();
    expect(await ask('Product_GetAllWithLimit')).toBe(fixture('fault-auth'));
    await login();
    expect(await ask('Product_GetAllWithLimit')).toBe(fixture('fault-arity'));
    // A name that it does not know is dropped, and then one is missing.
    expect(await ask('Product_GetAllWithLimit', '<From>0</From><Count>1</Count>')).toBe(fixture('fault-arity'));
    const orders =
      '<Start>2026-01-01 00:00:00</Start><End>2027-01-01 00:00:00</End><Status/><Page>0</Page><PageSize>5</PageSize>';
    expect(await ask('Order_GetByDateWithPagination', orders)).toBe(fixture('fault-param'));
  });

  it('shows ids only until fields are chosen, and one thing as it shows many', async () => {
    const { shop, ask, login } = await open();
    await login();
    expect(await ask('Product_GetAllWithLimit', '<Start>0</Start><Length>5</Length>')).toBe(
      fixture('list-none').replace('Result/>', 'Result></Product_GetAllWithLimitResult>'),
    );
    shop.add({ id: '21', sku: '0012' });
    expect(await ask('Product_GetAllWithLimit', '<Start>0</Start><Length>5</Length>')).toContain(
      'Result><item><Id>21</Id></item></Product',
    );
    await ask('Product_SetFields', '<Fields>Id,ItemNumber,Nonsense</Fields>');
    expect(await ask('Product_GetById', '<ProductId>21</ProductId>')).toContain(
      'Result><Id>21</Id><ItemNumber>0012</ItemNumber></Product',
    );
  });

  it('a write by item number sets every product that has it, and a product with variants none', async () => {
    const { shop, ask, login } = await open();
    await login();
    shop.add({ sku: 'CUP', quantity: 1 });
    shop.add({ sku: 'CUP', quantity: 1 });
    shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 1 }] });
    await ask('Product_Update', '<ProductData><ItemNumber>CUP</ItemNumber><Stock>9</Stock></ProductData>');
    await ask('Product_Update', '<ProductData><ItemNumber>SHIRT</ItemNumber><Stock>9</Stock></ProductData>');
    expect(shop.shelf.map(({ variants }) => variants[0]!.quantity)).toEqual([9, 9, 1]);
  });
});
