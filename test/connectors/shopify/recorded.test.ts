import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { wireEnvelope } from '../../../src/connectors/shopify/client/wire-envelope.ts';
import { wireSetQuantities } from '../../../src/connectors/shopify/schema.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Real replies of 2025 and 2026; their origin allows reading them, not keeping them here. */
const recorded = new URL('../../../../shared/reference/data/shopify/recorded/', import.meta.url);
const absent = !existsSync(recorded);
const why = absent ? ' (skipped: the recordings are not on this machine)' : '';
const replies = (): readonly { readonly file: string; readonly reply: object }[] =>
  readdirSync(recorded).flatMap((file) =>
    repliesIn(JSON.parse(readFileSync(new URL(file, recorded), 'utf8'))).map((reply) => ({ file, reply })),
  );

describe.skipIf(absent)(`Recorded replies${why}`, () => {
  it('are all opened', () => {
    const all = replies();
    expect(all.length).toBeGreaterThan(100);
    for (const { file, reply } of all)
      expect([file, wireEnvelope.safeParse(reply).error?.issues]).toEqual([file, undefined]);
  });

  it('of a stock push are all understood, whatever came of it', () => {
    const pushes = replies().flatMap(({ reply }) => {
      const payload = (reply as { data?: { inventorySetQuantities?: object | null } }).data?.inventorySetQuantities;
      return payload === undefined || payload === null ? [] : [{ inventorySetQuantities: withAfter(payload) }];
    });
    expect(pushes.length).toBeGreaterThan(8);
    const codes = pushes.flatMap((push) =>
      wireSetQuantities.parse(push).inventorySetQuantities.userErrors.map(({ code }) => code),
    );
    expect(codes).toEqual(
      expect.arrayContaining(['INVALID_INVENTORY_ITEM', 'INVALID_LOCATION', 'INVALID_QUANTITY_TOO_LOW']),
    );
  });
});

/** Some recordings did not ask for the figure after the change. */
function withAfter(payload: object): object {
  return JSON.parse(JSON.stringify(payload), (_, value) =>
    typeof value === 'object' && value !== null && 'delta' in value ? { quantityAfterChange: null, ...value } : value,
  );
}

/** Everything in a recording that has the form of an answer. */
function repliesIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  const isReply = 'extensions' in value && ('data' in value || 'errors' in value) && !('message' in value);
  return [...(isReply ? [value] : []), ...Object.values(value).flatMap(repliesIn)];
}
