import { existsSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { WSDL } from 'soap';
import { describe, expect, it, vi } from 'vitest';
import {
  describeService,
  type Operation,
  operations,
  toSend,
} from '../../../src/connectors/dandomain-webshop/description.ts';
import { danDomainWebshop } from '../../../src/connectors/dandomain-webshop/driver.ts';
import { endpointOf } from '../../../src/connectors/dandomain-webshop/session.ts';
import { description } from '../../../src/connectors/dandomain-webshop/soap-client.ts';
import { faultIn, kindOf } from '../../../src/connectors/dandomain-webshop/soap-fault.ts';
import type { Dialect, FakeResponse } from '../../../src/demo/simulators/server.ts';
import { instantOf } from '../../../src/domain/ids.ts';
import { errorOf, forever, readAll, skusIn } from '../../contract/connector-harness.ts';
import { makeShop, refTo } from '../../support/builders.ts';
import { calls, openWebshop } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/dandomain-webshop/${name}.xml`, import.meta.url), 'utf8');

/** A shop that answers every reading of products by itself. */
const answering =
  (response: FakeResponse) =>
  (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop) => (/GetAllWithLimit/.test(request.body) ? response : dialect.answer(request, shop)),
  });
const xml = { 'content-type': 'text/xml' };
const says = (body: string, status = 200) => openWebshop({}, {}, answering({ status, headers: xml, body }));

describe('The answers of a DanDomain Webshop', () => {
  it('none, one and many are all lists, of variants too', async () => {
    expect((await (await says(fixture('list-none'))).connector.page({}, forever)).listings).toEqual([]);
    const one = await (await says(fixture('list-one'))).connector.page({}, forever);
    expect(one.listings).toMatchObject([
      {
        ref: { shopProductId: '21' },
        sku: '0012',
        activity: 'active',
        content: { name: 'Rød & hvid kop' },
        changedAt: '2026-07-20T11:37:00.000Z',
        stock: { tracked: true, quantity: 5 },
      },
    ]);
    const nested = await (await says(fixture('list-nested'))).connector.page({}, forever);
    expect(
      nested.listings.map(({ ref, sku, activity }) => [ref.shopProductId, ref.shopVariantId, sku, activity]),
    ).toEqual([
      ['21', undefined, 'T', 'active'],
      ['21', '21', 'T-L', 'active'],
      ['22', undefined, 'T', 'disabled'],
      ['22', '31', 'U-S', 'disabled'],
      ['22', '32', 'U-M', 'disabled'],
    ]);
    expect(nested.listings[0]?.changedAt).toBeUndefined();
  });

  it.each([
    ['fault-auth', 'AUTH', 'unauthorized'],
    ['fault-arity', 'Server', 'unintelligible'],
    ['fault-param', 'PARAM', 'refused'],
    ['fault-soap12', 'INTERNAL', 'unreachable'],
  ])('%s is told by its code, wherever that stands', async (name, code, kind) => {
    const wsdl = await description();
    let thrown: unknown;
    try {
      wsdl.xmlToObject(fixture(name));
    } catch (error) {
      thrown = error;
    }
    const { Body } = (thrown as { root: { Envelope: { Body: unknown } } }).root.Envelope;
    const fault = faultIn(Body);
    expect(fault?.code).toBe(code);
    expect(kindOf(fault!)).toBe(kind);
  });

  it.each([
    ['a call with too few arguments is our slip and is not tried again', fixture('fault-arity'), 'unintelligible', 1],
    ['an inner error of the shop is waited out', fixture('fault-soap12'), 'unreachable', 6],
  ])('%s', async (_, body, kind, tries) => {
    const world = await openWebshop({}, {}, answering({ status: 500, headers: xml, body }));
    expect((await errorOf(world.patiently.page({}, forever))).kind).toBe(kind);
    expect(calls(world).filter((name) => name === 'Product_GetAllWithLimit')).toHaveLength(tries);
  });

  it.each([
    ['an entity that names a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>', '&x;'],
    ['entities that grow', '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]>', '&y;'],
    ['a document type that lies elsewhere', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd">', '0012'],
    ['an entity of no known name', '', '&foo;'],
  ])('%s is refused', async (_, before, inside) => {
    const body = fixture('list-one')
      .replace('<SOAP-ENV:Envelope', `${before}<SOAP-ENV:Envelope`)
      .replace('0012', inside);
    expect((await errorOf((await says(body)).connector.page({}, forever))).kind).toBe('unintelligible');
  });

  it.each([
    ['a text without end', 'x'.repeat(51 * 1024 * 1024), 'a text in the answer is longer than 1048576 bytes'],
    ['elements without end', '<item/>'.repeat(2_000_000), 'the answer has more than 300000 elements'],
    ['elements within elements', '<a>'.repeat(10_000), 'the answer is nested deeper than 64'],
    [
      'texts without end',
      '<a>xxxxxxxxxx</a>'.repeat(299_000).replaceAll('x', 'xxxxxxxx'),
      'the answer is larger than 20 MB',
    ],
  ])('%s: cut off while it comes in', async (_, instead, said) => {
    const big = fixture('list-one').replace('0012', () => instead);
    const error = await errorOf((await says(big)).connector.page({}, forever));
    expect([error.kind, error.detail.said]).toEqual(['unintelligible', said]);
  });

  it('a description in a CDATA section is text, whatever stands in it', async () => {
    const html = `<![CDATA[${'<p>'.repeat(1000)}]]>`;
    const page = await (await says(fixture('list-one').replace('0012', () => html))).connector.page({}, forever);
    expect(page.listings.length + page.broken.length).toBeGreaterThan(0);
  });

  it('names out of every object do no harm', async () => {
    const body = fixture('list-one').replace(
      '<Ean/>',
      '<toString>x</toString><__proto__><Status>false</Status></__proto__>',
    );
    const { connector } = await says(body);
    const told = await connector.page({}, forever).then(skusIn, ({ kind }) => kind);
    expect([['0012'], 'unintelligible']).toContainEqual(told);
    expect(({} as { Status?: unknown }).Status).toBeUndefined();
    expect(String({})).toBe('[object Object]');
  });

  const shared = new URL('../../../../shared/reference/data/dandomain-hostedshop/handmade/', import.meta.url);
  it.skipIf(!existsSync(shared))(
    'the samples beside this project are read too (skipped where they are not)',
    async () => {
      const sample = (name: string): string => readFileSync(new URL(`${name}.xml`, shared), 'utf8');
      expect(await readSample(sample('list-many-nested'))).toEqual(['DK-7-L']);
      expect(await readSample(sample('list-one'))).toEqual(['DK-7']);
      expect(await readSample(sample('list-empty'))).toEqual([]);
    },
  );
  const readSample = async (body: string): Promise<unknown> => {
    const { connector } = await says(body);
    return connector.page({}, forever).then(skusIn, (error: unknown) => error);
  };
});

describe('The line to a DanDomain Webshop is our own', () => {
  it('goes to the vendor alone, whatever address was typed, and to this machine for a shop on it', () => {
    const endpoint = (url: string): string => endpointOf(makeShop({ url }));
    expect(endpoint('https://evil.example')).toBe('https://api.hostedshop.io/service.php');
    expect(endpoint('https://nordlys.webshop.dandomain.dk')).toBe('https://api.hostedshop.io/service.php');
    expect(endpoint('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080/service.php');
  });

  it('tells neither user name nor password, not even of the login that failed', async () => {
    const echoing = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request) => ({ status: 500, headers: { 'content-type': 'text/plain' }, body: request.body }),
    });
    const { connector, shop } = await openWebshop({}, {}, echoing);
    const [{ key, secret } = { key: '', secret: '' }] = shop.credentials;
    const error = await errorOf(connector.test(forever));
    for (const text of [
      inspect(error, { depth: 12, showHidden: true }),
      JSON.stringify(shop.memory.requests.map(({ path }) => path)),
    ]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(key);
    }
    expect(JSON.stringify(shop.memory.requests)).not.toContain(secret);
  });

  it('keeps to four calls a second after a handful at once, but for lists', async () => {
    const { shop, connector, clock } = await openWebshop();
    const cups = Array.from({ length: 20 }, (_, at) => shop.add({ sku: `S-${at}`, quantity: 1 }));
    const { listings } = await readAll(connector);
    const before = Date.parse(clock.now());
    await connector.push(
      listings.map(({ ref }) => ({ ref, quantity: 2, key: ref.shopProductId })),
      forever,
    );
    expect(cups.map((cup) => cup.variants[0]!.quantity)).toEqual(cups.map(() => 2));
    const passed = Date.parse(clock.now()) - before;
    expect(passed).toBeGreaterThanOrEqual(12 * 250);
    const again = Date.parse(clock.now());
    await connector.page({ cursor: undefined, since: undefined }, forever);
    expect(Date.parse(clock.now()) - again).toBeLessThanOrEqual(500);
  });

  it('keeps to that pace where the clock is set back a year, and waits for no time that lies ahead', async () => {
    const { shop, connector, clock } = await openWebshop();
    const cup = shop.add({ sku: 'CUP', quantity: 1 });
    const [{ ref } = { ref: refTo('dk', '') }] = (await readAll(connector)).listings;
    const send = (quantity: number) => connector.push([{ ref, quantity, key: ref.shopProductId }], forever);
    for (let quantity = 2; quantity < 12; quantity += 1) await send(quantity);
    clock.set(instantOf(Date.parse(clock.now()) - 365 * 86_400_000));
    const before = Date.parse(clock.now());
    await send(99);
    expect(cup.variants[0]!.quantity).toBe(99);
    expect(Date.parse(clock.now()) - before).toBeLessThanOrEqual(10_000);
  });
});

/** Arguments of every kind, for a call of any operation. */
const sampleArguments = (operation: Operation): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(operations[operation]).map(([name, kind]) => {
      const samples = {
        string: 'a & <b>',
        int: '7',
        boolean: 'true',
        nillable: undefined,
        ids: ['7', '8'],
        figure: { Id: '7', Stock: '-3' },
      };
      return [name, samples[kind as keyof typeof samples]];
    }),
  );

const wsdlOf = (text: string): Promise<WSDL> =>
  new Promise((resolve, reject) => {
    const wsdl = new WSDL(text, 'service.wsdl', {});
    wsdl.onReady((error) => (error ? reject(error) : resolve(wsdl)));
  });

type Port = { binding: { methods: Record<string, unknown> } };

/** The body that a description writes for a call; prefixes do not matter. */
function bodyBy(wsdl: WSDL, operation: string, given: object): string {
  const { services } = wsdl as unknown as { services: Record<string, { ports: Record<string, Port> }> };
  const [service] = Object.values(services);
  const [port] = Object.values(service!.ports);
  const method = port!.binding.methods[operation] as unknown as
    | { input: Record<string, string>; soapAction: string }
    | undefined;
  if (method === undefined) throw new Error(`the description has no ${operation}`);
  const { $name, targetNSAlias, targetNamespace, $type, $lookupType } = method.input as unknown as Record<
    string,
    string
  >;
  const text = wsdl.objectToDocumentXML($name!, given, targetNSAlias!, targetNamespace!, $type || $lookupType || '');
  return `${method.soapAction} ${text.replace(/<(\/?)\w+:/g, '<$1').replace(/ xmlns(:\w+)?="[^"]*"/g, '')}`;
}

describe('Our description of the service', () => {
  const official = new URL('../../../../shared/reference/data/dandomain-hostedshop/service.wsdl', import.meta.url);
  const all = Object.keys(operations) as Operation[];

  it.skipIf(!existsSync(official))(
    'writes every call as the vendor’s own would (skipped where that is not there)',
    async () => {
      const vendors = await wsdlOf(readFileSync(official, 'utf8'));
      const ours = await wsdlOf(describeService());
      const ofOurs = all.map((operation) => bodyBy(ours, operation, toSend(sampleArguments(operation))));
      const ofVendor = all.map((operation) => bodyBy(vendors, operation, toSend(sampleArguments(operation))));
      expect(ofOurs).toEqual(ofVendor);
      expect(ofOurs).toContain(
        'https://api.hostedshop.io/service.php#Product_GetByIds <Product_GetByIds><ProductIds><item>7</item><item>8</item></ProductIds></Product_GetByIds>',
      );
    },
  );

  it.skipIf(!existsSync(official))('takes exactly the arguments that the vendor’s does, in that order', () => {
    const text = readFileSync(official, 'utf8');
    const argumentsOf = (operation: string): readonly string[] => {
      const from = text.indexOf(`<xsd:element name="${operation}">`);
      const own = text.slice(from, text.indexOf('</xsd:element>', text.indexOf('complexType', from)));
      const body =
        /<xsd:sequence>([\s\S]*)/.exec(
          own.includes('<xsd:complexType />') ? '' : text.slice(from, text.indexOf('</xsd:complexType>', from)),
        )?.[1] ?? '';
      return [...body.matchAll(/name="(\w+)"/g)].map(([, name]) => name ?? '');
    };
    for (const operation of all)
      expect([operation, argumentsOf(operation)]).toEqual([operation, Object.keys(operations[operation])]);
  });

  it('holds nothing that creates, deletes or mails', () => {
    expect(all.filter((name) => /Create|Delete|UpdateStatus|SetEncoding/.test(name))).toEqual([]);
    expect(danDomainWebshop.capabilities.stockPass).toBe(true);
  });
});
