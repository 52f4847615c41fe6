import { parse } from 'csv-parse/sync';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Services } from '../../src/services/services.ts';
import { converseWith } from '../support/conversation.ts';
import { openUntrustedShops } from '../support/hostile/untrusted-shops.ts';
import { beginsFormula, steeringSigns } from '../support/hostile/untrusted-text.ts';
import { keys, open, type Person } from '../support/screen.tsx';

// Whole screens are drawn, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let services: Services;
beforeAll(async () => {
  ({ services } = await openUntrustedShops());
});
let person: Person | undefined;
afterEach(() => person?.close());

/** What is drawn, without colours, inverse and the like, which are ours. */
const drawn = ({ screen }: Person): string => screen().replace(/\u001b\[[\d;]*m/g, '');

describe('R18: what a shop wrote steers no terminal', () => {
  test.each([...'125678'])('screen %s, what it opens, and what that opens', async (digit) => {
    const me = await open(services, { columns: 120, rows: 40 });
    person = me;
    for (const press of [digit, keys.enter, keys.tab, keys.tab, keys.tab, keys.tab]) {
      await me.press(press);
      expect(drawn(me)).toMatch(/Bindeled ›/);
      expect([press, ...steeringSigns(drawn(me))]).toEqual([press]);
    }
  });

  test('a ticket and an id of a shop on the clipboard', async () => {
    const me = await open(services, { columns: 120, rows: 40 });
    person = me;
    await me.press('/', 'S-1', keys.enter, keys.enter, 'Y');
    await me.press('5', 'y');
    const [ticket = '', id = ''] = me.copied.map((sequence) =>
      Buffer.from(/52;c;([^\u0007]*)/.exec(sequence)?.[1] ?? '', 'base64').toString('utf8'),
    );
    expect(ticket).toMatch(/^# /);
    expect(id).toContain('copyred');
    expect(steeringSigns(ticket + id)).toEqual([]);
  });

  test.each(['2', '5', '8'])('screen %s written to a file, and no cell of it is a formula', async (digit) => {
    const me = await open(services, { columns: 120, rows: 40 });
    person = me;
    await me.press(digit, 'e', keys.enter);
    await me.press('e', keys.down, keys.enter);
    const files = [...me.saved];
    expect(files.map(([name]) => name.replace(/.*\./, ''))).toEqual(['csv', 'json']);
    const [csv = '', json = ''] = files.map(([, text]) => text);
    expect(steeringSigns(csv.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'))).toEqual([]);
    expect(steeringSigns(json)).toEqual([]);
    expect(JSON.parse(json).length).toBeGreaterThan(0);
    const cells: readonly string[] = parse(csv, { delimiter: ';', bom: true }).flat();
    expect(cells.length).toBeGreaterThan(6);
    expect(cells.filter((cell) => beginsFormula(cell) && !/^-?\d+([.,]\d+)?$/.test(cell))).toEqual([]);
  });

  test('the plain mode', async () => {
    const said = await converseWith(services, [
      'S-1',
      '0',
      'find red',
      '0',
      'conflicts',
      '0',
      'log',
      '0',
      'shops',
      '0',
    ]);
    expect(said).toContain('red');
    expect(steeringSigns(said)).toEqual([]);
  });
});
