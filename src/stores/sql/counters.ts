import { sql } from 'kysely';
import type { Ask, Dialect } from './engine.ts';
import { insertRows } from './insert-rows.ts';

/** How many there are of what, shop by shop: added up while a change is written, and written with it. */
export type Counting = {
  readonly add: (name: string, shopId: string, by: number) => void;
  readonly write: () => Promise<void>;
};

const columns = [
  { name: 'name', holds: 'text' },
  { name: 'shop_id', holds: 'text' },
  { name: 'value', holds: 'number' },
] as const;

export function makeCounting(tools: { readonly ask: Ask; readonly dialect: Dialect }): Counting {
  const sums = new Map<string, { readonly name: string; readonly shopId: string; by: number }>();
  return {
    add(name, shopId, by) {
      const key = `${name}\u001f${shopId}`;
      const sum = sums.get(key) ?? { name, shopId, by: 0 };
      sum.by += by;
      sums.set(key, sum);
    },
    async write() {
      const moved = [...sums.values()].filter(({ by }) => by !== 0);
      const rows = moved.map(({ name, shopId }) => [name, shopId, 0] as const);
      await insertRows(
        tools,
        { table: 'counters', columns, standing: { key: ['name', 'shop_id'], whenThere: 'leave' } },
        rows,
      );
      for (const { name, shopId, by } of moved) {
        await tools.ask(sql`update counters set value = value + ${by} where name = ${name} and shop_id = ${shopId}`);
      }
      sums.clear();
    },
  };
}

/** Every counter, by name and shop. */
export async function readCounters(ask: Ask): Promise<(name: string, shopId?: string) => number> {
  const rows = await ask(
    sql<{ name: string; shop_id: string; value: number }>`select name, shop_id, value from counters`,
  );
  return (name, shopId) =>
    rows
      .filter((row) => row.name === name && (shopId === undefined || row.shop_id === shopId))
      .reduce((sum, { value }) => sum + value, 0);
}
