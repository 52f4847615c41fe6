import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, cutText } from '../../src/connectors/clean.ts';
import { redactor } from '../../src/connectors/secrets/redact.ts';
import { withoutSecrets } from '../../src/connectors/secrets/without-secrets.ts';

describe("A shop's text", () => {
  it.each([
    ['\u001b[31mRed\u001b[0m', 'Red'],
    ['\u001b]0;title\u0007after', 'after'],
    ['\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u009b2Jwiped', 'wiped'],
    ['\u001bcreset', 'reset'],
    ['a\u0000b\u0007c\u007f', 'abc'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['\u2066a\u2069', 'a'],
    ['\ufeffBOM', 'BOM'],
    ['half \ud83d end', 'half \ufffd end'],
    ['Æblegrød 🍏 עברית e\u0301', 'Æblegrød 🍏 עברית e\u0301'],
  ])('%j is shown as %j', (text, shown) => {
    expect(cleanText(text)).toBe(shown);
  });

  const opensSequence = ['\u001b', '\u009b', '\u009d'];
  it('loses the same signs whether they stand among plain letters or others', () => {
    const differing = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).filter((sign) => {
      // The sign at the end is none that is taken for plain.
      const among = cleanText(`a${sign}b\u4e00`).slice(0, -1);
      return !opensSequence.includes(sign) && cleanText(`a${sign}b`) !== among;
    });
    expect(differing).toEqual([]);
  });

  it('keeps its lines, or becomes one', () => {
    expect(cleanText('a\r\nb\u2028c\td')).toBe('a\nb\nc\td');
    expect(cleanLine('  a\r\nb\tc  ')).toBe('a b c');
  });

  it('is cut between characters', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('abcd', 3)).toBe('ab…');
    expect(cutText('a🍏bc', 3)).toBe('a…');
  });
});

describe('A redactor', () => {
  const redact = redactor(['ck_1234567890abcdef', 'geheim/nøgle+1']);

  it.each([
    'key ck_1234567890abcdef here',
    `https://shop.example/?consumer_key=ck_1234567890abcdef&consumer_secret=${encodeURIComponent('geheim/nøgle+1')}`,
    'plain geheim/nøgle+1 text',
    `Authorization: Basic ${Buffer.from('ck_1234567890abcdef:geheim/nøgle+1').toString('base64')}`,
    `token ${Buffer.from('geheim/nøgle+1').toString('base64')}`,
  ])('hides what it was told to hide in %j', (text) => {
    const shown = redact(text);
    for (const part of ['ck_1234567890abcdef', 'geheim', encodeURIComponent('nøgle')])
      expect(shown).not.toContain(part);
    expect(shown).not.toContain(Buffer.from('geheim/nøgle+1').toString('base64'));
    expect(shown).toContain('[hidden]');
  });

  it.each([
    ['shpat_0123456789abcdef', '[hidden]'],
    ['X-Shopify-Access-Token: abcdef', 'X-Shopify-Access-Token: [hidden]'],
    ['https://user:pass@shop.example/x', 'https://[hidden]@shop.example/x'],
    ['?access_token=abc&x=1', '?access_token=[hidden]&x=1'],
  ])('hides keys of others by their shape: %s', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  it('leaves other words alone', () => {
    expect(redact('the product ck_1 is a token of love')).toBe('the product ck_1 is a token of love');
  });
});

describe('R16: a key on its way out', () => {
  const key = 'cs_Gé"h\\eim&nøgle/1+2';
  const redact = redactor([key]);

  it.each([
    ['plain', key],
    ['in an address', encodeURIComponent(key)],
    ['in an address, lower case', encodeURIComponent(key).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())],
    ['in JSON', JSON.stringify(key)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(key))],
    [
      'in JSON as PHP writes it',
      JSON.stringify(key).replace('/', '\\/').replace('é', '\\u00e9').replace('ø', '\\u00f8'),
    ],
    ['as numbers of HTML', [...key].map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join('')],
    ['as an address writes every sign', `%${Buffer.from(key).toString('hex').match(/../g)?.join('%')}`],
    ['with tags in it', `${key.slice(0, 5)}<wbr>${key.slice(5, 9)}<b>${key.slice(9)}</b>`],
    ['in base64 behind another text', Buffer.from(`x:${key}`).toString('base64')],
    [
      'in base64 of several lines',
      Buffer.from(`xy:${key}:z`)
        .toString('base64')
        .replace(/(.{10})/g, '$1\r\n'),
    ],
    ['in HTML', key.replace('&', '&amp;').replace('"', '&quot;')],
    ['in base64', Buffer.from(key).toString('base64')],
    ['in hex', Buffer.from(key).toString('hex').toUpperCase()],
    ['split by what nobody sees', [...key].join('\u200b')],
    ['split over lines', `${key.slice(0, 9)}\r\n   ${key.slice(9)}`],
    ['split by a tag of language', [...key].join('\u{e0001}')],
    ['in capitals', key.toUpperCase()],
    ['in small letters', key.toLowerCase()],
    ['with dashes in it', [...key].join('-')],
    ['with a backslash before every sign', [...key].join('\\')],
    ['in letters of full width', key.replace(/[a-z0-9]/gi, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))],
    ['as bytes with 0x', Buffer.from(key).toString('hex').replace(/../g, '0x$&, ')],
    ['as bytes with colons', Buffer.from(key).toString('hex').match(/../g)?.join(':')],
    ['as mail writes bytes', Buffer.from(key).toString('hex').toUpperCase().replace(/../g, '=$&')],
    ['cut as in a trace of PHP', `${key.slice(0, 15)}...`],
    ['from behind, as after a mark that turns it', [...key].reverse().join('')],
    ['with a colour of the terminal in it', `${key.slice(0, 4)}\u001b[31m${key.slice(4)}`],
    ['with such a colour as JSON and addresses write it', `${key.slice(0, 4)}%1B%5B31m${key.slice(4)}`],
  ])('is hidden %s', (_, text) => {
    const shown = redact(`the shop says ${text} twice`);
    expect(shown.replace(/[^\p{L}\p{N}]/gu, '')).not.toMatch(/h.?eim/i);
    expect(shown).toMatch(/^the shop says .*\[hidden\].* twice$/s);
  });

  it('an address is shown without what was asked of it and without a user', () => {
    expect(redact('GET https://me@shop.example/x?api=1#y failed')).toBe(
      'GET https://[hidden]@shop.example/x?[hidden] failed',
    );
  });

  const danish = 'nøgle & æble%20';
  it.each([
    ['as pages name letters', 'n&oslash;gle &amp; &aelig;ble%20'],
    ['in numbers with zeros before them', [...danish].map((sign) => `&#00000${sign.codePointAt(0)};`).join('')],
    ['read in a wrong encoding', Buffer.from(danish).toString('latin1')],
    ['in an encoding that nobody knows', danish.replace(/[^\x20-\x7e]/g, '?')],
    ['with its letters taken apart', danish.normalize('NFD')],
    ['in base64 with a user before it', Buffer.from(`\0mette\0${danish}`).toString('base64')],
    ['in base64 as Windows packs it', Buffer.from(danish, 'utf16le').toString('base64')],
    ['as a buffer prints itself', JSON.stringify(Buffer.from(danish))],
    ['in JSON of a line of its own', JSON.stringify(`\n${danish}\t`)],
  ])('of other letters is hidden %s', (_, text) => {
    const shown = redactor([danish])(`535 ${text} refused`);
    expect(shown).toMatch(/^535 .*\[hidden\].* refused$/s);
    expect(shown).not.toMatch(/gle|ble%/);
  });

  it.each([
    ['shop', 'the webshop of HostedShop', 'the webshop of HostedShop'],
    [
      'shop',
      'password shop, user=shop; "shop" and shop1234',
      'password [hidden], user=[hidden]; "[hidden]" and [hidden]1234',
    ],
    ['shop', 'a%2Fshop%20b\\nshop, \\u0073hop', undefined],
    ['1234', 'HTTP 12345 for 41234', 'HTTP 12345 for 41234'],
    ['regal', 'Tilbage til lager', 'Tilbage til lager'],
    ['1234', 'pin 1234 or x1234', 'pin [hidden] or x[hidden]'],
    ['abc', '{"password":"abc","shop_token" : "a\\"b"}', '{"password":"[hidden]","shop_token" : "[hidden]"}'],
  ])('a secret that is a word or a number (%s) is hidden where it stands by itself: %s', (secret, text, shown) => {
    if (shown === undefined) expect(redactor([secret])(text)).not.toMatch(/shop|hop/);
    else expect(redactor([secret])(text)).toBe(shown);
  });

  const long = 'mQ7vzR2mXw9pLt4bNc8dKe1f';
  it.each([
    ['its end', `…${long.slice(5)}`],
    ['its middle', `"${long.slice(3, 15)}…`],
    ['its beginning in base64', `${Buffer.from(long).toString('base64').slice(0, 20)}…`],
  ])('of a long one %s alone is hidden, too', (_, text) => {
    expect(redactor([long])(`not JSON at ${text}`)).toMatch(/^not JSON at ["…]?\[hidden\]…?$/);
  });

  it('a part of a password with blanks and quotes in it is, too', () => {
    expect(redactor(['tQ7v@R2mXw9p L"t'])('…R2mXw9p L\\"t').replace(/[^\w]/g, '')).toBe('hidden');
  });

  it('parts of one that is made of words are words', () => {
    const words = 'nordlys-lager-webshop';
    expect(redactor([words])('nordlys-lager has no webshop nordlys')).toBe('nordlys-lager has no webshop nordlys');
  });

  it('a key that a regular expression would choke on is no trouble', () => {
    expect(redactor(['a-key-(that)-[nobody]-*knows*'])('x a-key-(that)-[nobody]-*knows* y')).toBe('x [hidden] y');
  });
});

describe('what a shop brings', () => {
  const secrets = ['cs_0123456789abcdef', 'kort', 'Vinterjakke2026', 'postBUD-77', 'p@ssord/fra.lager'];
  const without = withoutSecrets(secrets, ['mette.hansen@shop.example', 'nordlys', 'ck_0123456789abcdef']);

  it('holds no key of the connection, wherever a plug-in printed it', () => {
    const page = {
      listings: [{ name: 'Lampe cs_0123456789abcdef', stock: { unreadable: 'cs_0123456789abcdef' }, ean: undefined }],
      byId: new Map([['1', ['x cs_0123456789abcdef']]]),
      total: 7,
    };
    expect(without(page)).toEqual({
      listings: [{ name: 'Lampe [hidden]', stock: { unreadable: '[hidden]' }, ean: undefined }],
      byId: new Map([['1', ['x [hidden]']]]),
      total: 7,
    });
  });

  it.each([
    '\u200b',
    '\u3164',
    '\u{e0041}',
    '\u0000',
  ])('holds none that %j parts, which is taken out where it is shown', (sign) => {
    const parted = [...'cs_0123456789abcdef'].join(sign);
    expect(without({ name: `Lampe ${parted}`, sku: `A${sign}1` })).toEqual({
      name: 'Lampe [hidden]',
      sku: `A${sign}1`,
    });
    expect(redactor(['cs_0123456789abcdef'])(`Lampe ${parted}`)).toBe('Lampe [hidden]');
  });

  const packed = (text: string, encoding: BufferEncoding): string => Buffer.from(text).toString(encoding);
  it.each([
    'a p@ssord/fra.lager b',
    'a POSTbud-77 b',
    'a ck_0123456789abcdef b',
    'cut CS_0123456789abc…',
    'cut …456789abcdef',
    'over cs_\n0123456789abcdef',
    'over \u202efedcba9876543210_sc\u202c',
    `packed ${packed('cs_0123456789abcdef', 'base64')}`,
    `packed ${packed('u:cs_0123456789abcdef', 'base64')}`,
    `packed ${packed('uu:p@ssord/fra.lager:x', 'base64url')}`,
    `bytes ${packed('cs_0123456789abcdef', 'hex')}`,
    `written ${encodeURIComponent('p@ssord/fra.lager')}`,
    `written ${[...'cs_0123456789abcdef'].map((sign) => `&#${sign.codePointAt(0)};`).join('')}`,
    `written ${[...'cs_0123456789abcdef'].map((sign) => `%${packed(sign, 'hex')}`).join('')}`,
    `written ${[...'cs_0123456789abcdef'].map((sign) => `\\u00${packed(sign, 'hex')}`).join('')}`,
  ])('holds none of them however it is written: %s', (name) => {
    expect(without({ name }).name).toMatch(/^(a|cut|over|packed|bytes|written) […\u202e]?\[hidden\][…\u202c]?( b)?$/);
  });

  it('is left alone where it holds none, or only what may be a word or an address of the shop', () => {
    const name = 'kort Vinterjakke2026 fra Nordlys, postbude-77';
    const page = { listings: [{ name, contact: 'mette.hansen@shop.example' }], at: 3 };
    expect(without(page)).toBe(page);
  });
});
