import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readCursor } from '../../src/connectors/driver-parts/cursors.ts';
import { listStart, offsetPage, offsetPlaceSchema } from '../../src/connectors/driver-parts/offset-pages.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Row = { readonly id: number };

/** A list of rows by position, and what happens to it after each page. */
async function readWhile(rows: Row[], size: number, meanwhile: (page: number) => void) {
  const shown: number[] = [];
  let asked = 0;
  let place: typeof listStart | undefined = listStart;
  for (let page = 1; place !== undefined; page += 1) {
    if (page > 500) throw new Error('the reading has no end');
    const list = {
      ask: async (offset: number) => {
        asked += 1;
        return { rows: rows.slice(offset, offset + size), total: rows.length };
      },
      keyOf: (row: unknown) => String((row as Row).id),
      stuck: (said: string) => new Error(said),
    };
    const read: Awaited<ReturnType<typeof offsetPage>> = await offsetPage(list, place);
    shown.push(...read.fresh.map((row) => (row as Row).id));
    place = read.next;
    meanwhile(page);
  }
  return { shown, asked };
}

const rowsTo = (count: number): Row[] => Array.from({ length: count }, (_, id) => ({ id }));

describe('A list that is read by position', () => {
  it('is read with one question a page while nothing moves', async () => {
    const { shown, asked } = await readWhile(rowsTo(1000), 100, () => undefined);
    expect(shown).toEqual(rowsTo(1000).map(({ id }) => id));
    expect(asked).toBe(11);
  });

  it('shows all that stayed, each once, whatever is deleted before the place and added at the end', async () => {
    const days = fc.array(fc.record({ deleted: fc.array(fc.nat(400), { maxLength: 12 }), added: fc.nat(3) }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 300 }),
        fc.integer({ min: 25, max: 60 }),
        days,
        async (count, size, story) => {
          const rows = rowsTo(count);
          const gone = new Set<number>();
          let next = count;
          const { shown } = await readWhile(rows, size, (page) => {
            const day = story[page - 1];
            for (const at of day?.deleted ?? []) {
              const [row] = rows.splice(at % Math.max(rows.length, 1), 1);
              if (row !== undefined) gone.add(row.id);
            }
            for (let more = 0; more < (day?.added ?? 0) && page < 6; more += 1) rows.push({ id: next++ });
          });
          const seen = new Set(shown);
          // Added after the last page, a row belongs to the next reading.
          expect(rowsTo(count).filter(({ id }) => !gone.has(id) && !seen.has(id))).toEqual([]);
          expect(shown).toHaveLength(seen.size);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('goes on where it goes back to the very row that the page before began with', async () => {
    const rows = rowsTo(60);
    const { shown } = await readWhile(rows, 20, (page) => {
      // The second page began with row 19. What it ended with goes, and so much before it that the third begins there again.
      if (page === 2) rows.splice(31, 8);
      if (page === 2) rows.splice(0, 12);
    });
    expect(shown).toEqual(rowsTo(60).map(({ id }) => id));
  });

  it('goes all the way back where everything it had shown is gone', async () => {
    const rows = rowsTo(300);
    const { shown } = await readWhile(rows, 100, (page) => {
      if (page === 1) rows.splice(0, 100);
    });
    expect(new Set(shown).size).toBe(300);
  });

  it('is read once more when it ends with fewer rows than it says it has', async () => {
    const rows = rowsTo(30);
    let page = 0;
    const shown: unknown[] = [];
    let place: typeof listStart | undefined = listStart;
    while (place !== undefined) {
      page += 1;
      // The row in the middle is held back at first.
      const now = page === 1 ? rows.filter(({ id }) => id !== 7) : rows;
      const list = {
        ask: async (offset: number) => ({ rows: now.slice(offset, offset + 100), total: 30 }),
        keyOf: (row: unknown) => String((row as Row).id),
        stuck: (said: string) => new Error(said),
      };
      const read: Awaited<ReturnType<typeof offsetPage>> = await offsetPage(list, place);
      shown.push(...read.fresh);
      place = read.next;
      if (page > 10) throw new Error('the reading has no end');
    }
    expect(shown).toContainEqual({ id: 7 });
  });

  it('fails where one page comes for ever', async () => {
    const rows = rowsTo(100);
    const list = {
      ask: async () => ({ rows: rows.slice(0, 40), total: 100 }),
      keyOf: (row: unknown) => String((row as Row).id),
      stuck: (said: string) => new Error(said),
    };
    const first = await offsetPage(list, listStart);
    await expect(offsetPage(list, first.next!)).rejects.toThrow('came again');
  });

  it('starts over with a cursor that it cannot read', () => {
    expect(readCursor(offsetPlaceSchema, 'nonsense')).toBeUndefined();
    expect(readCursor(offsetPlaceSchema, '{"offset":-1,"tail":[],"shown":0}')).toBeUndefined();
    expect(readCursor(offsetPlaceSchema, JSON.stringify(listStart))).toEqual(listStart);
  });
});
