import { useMemo, useState } from 'react';
import type { WarehouseSide } from '../../src/services/warehouse/warehouse-service.ts';
import type { ActionLabels } from '../../src/views/keyboard/keymap.ts';
import type { FilterFieldId } from '../../src/views/list/filter-conditions.ts';
import { brokenRowLines } from '../../src/views/warehouse/broken-row.ts';
import { testedLines } from '../../src/views/warehouse/test-lines.ts';
import { warehouseHealth } from '../../src/views/warehouse/warehouse-lines.ts';
import {
  locationRow,
  previewRow,
  unmatchedRow,
  type WarehouseRow,
  warehouseColumns,
  warehouseSides,
} from '../../src/views/warehouse/warehouse-rows.ts';
import { useReadWarehouse } from '../actions/use-read-warehouse.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { warehouse } from '../plain/warehouse-page.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { ListView } from '../widgets/ListView.tsx';
import { defineScreen } from './define-screen.ts';

const none: readonly WarehouseRow[] = [];
const fields: readonly FilterFieldId[] = [];
const shownAtMost = 1_000;
const labels: ActionLabels = {
  compare: 'preview',
  sync: 'read',
  edit: 'set-up',
  apply: 'accept-gone',
  remove: 'own-stock',
};

/** The warehouse: how it is, what lies where, what one side has and the other has not, and what a reading would do. */
export function Warehouse() {
  const { services, words, go, runTask, perform, notify, openDialog } = useApp();
  const [side, setSide] = useState<WarehouseSide>('locations');
  const [preview, setPreview] = useState<readonly WarehouseRow[]>(none);
  // Its state is no record of the store, so that no change of the store draws it anew.
  const [, setRead] = useState(0);
  const overview = services.warehouse.show();
  const isChosen = overview?.settings !== undefined;
  const wouldGo = overview?.state.wouldGo;
  const query = useQuery(`warehouse ${side} ${preview.length}`, () => rowsOf(side));

  async function rowsOf(wanted: WarehouseSide): Promise<readonly WarehouseRow[]> {
    if (!isChosen) return none;
    const limit = shownAtMost;
    switch (wanted) {
      case 'locations':
        return (await services.warehouse.locations({ limit })).map((one) => locationRow(one, words));
      case 'not-in-warehouse':
        return (await services.warehouse.notInWarehouse({ limit })).rows.map((one) => unmatchedRow(one, words));
      case 'in-no-shop':
        return (await services.warehouse.inNoShop({ limit })).rows.map((one) => unmatchedRow(one, words));
      case 'preview':
        return preview;
      default:
        return wanted satisfies never;
    }
  }
  const turn = (by: number): void => {
    const at = warehouseSides.indexOf(side);
    setSide(warehouseSides[(at + by + warehouseSides.length) % warehouseSides.length] ?? 'locations');
  };
  const test = (): void =>
    runTask(words.screen.testing(words.warehouse.name), async (signal) => {
      const result = await services.warehouse.test(signal);
      openDialog({ kind: 'note', title: words.warehouse.title.warehouse, lines: testedLines(result, words) });
    });
  const ask = (): void =>
    runTask(words.warehouse.previewing, async (signal) => {
      const found = await services.warehouse.preview(signal);
      setPreview(found.rows.map((row) => previewRow(row, words)));
      setSide('preview');
      if (found.broken.length > 0)
        openDialog({
          kind: 'note',
          title: words.warehouse.title.warehouse,
          lines: brokenRowLines(found.broken, words).map((text) => ({ text, tone: 'waiting' })),
        });
      const { matched, unknown, figures, links } = found.counts;
      notify(
        words.warehouse.previewed({
          matched: String(matched),
          unknown: String(unknown),
          figures: String(figures),
          links: String(links),
        }),
      );
    });
  const { read, acceptGone } = useReadWarehouse(() => setRead((count) => count + 1));
  const remove = (): void =>
    openDialog({
      kind: 'confirm',
      title: words.warehouse.removeTitle,
      lines: [{ text: words.warehouse.removed, tone: 'waiting' }],
      yes: words.warehouse.removeYes,
      onYes: () => perform(() => services.warehouse.remove()),
    });
  const actions = (row: WarehouseRow | undefined): Actions => ({
    edit: () => go({ screen: 'warehouse-form' }),
    'next-tab': () => turn(1),
    'previous-tab': () => turn(-1),
    ...(isChosen ? { test, sync: read, compare: ask, remove } : {}),
    ...(wouldGo === undefined ? {} : { apply: () => acceptGone(wouldGo) }),
    ...(row?.productId === undefined
      ? {}
      : { open: () => row.productId && go({ screen: 'product', productId: row.productId }) }),
  });
  const columns = useMemo(() => warehouseColumns(side, words), [side, words]);
  const health = overview && warehouseHealth(overview, { words, now: services.now() });
  return (
    <ListView
      query={query}
      rows={query.value ?? none}
      idOf={({ id }) => id}
      columns={columns}
      filterable={({ item, name, shop }) => ({ words: `${item} ${name} ${shop}`, fields: {} })}
      fields={fields}
      head={[
        { text: health?.said ?? '', tone: health?.is === 'good' ? 'quiet' : 'waiting' },
        { text: `  ·  ${words.warehouse.side[side]}`, tone: 'strong' },
      ]}
      empty={
        isChosen
          ? { said: words.warehouse.sideEmpty[side] }
          : { said: words.warehouse.ownStock, todo: words.warehouse.chooseByForm }
      }
      actions={actions}
      labels={labels}
      exportName={`warehouse-${side}`}
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    warehouse: object;
  }
}

/** The screen `warehouse`. */
export const warehouseScreen = defineScreen({
  route: 'warehouse',
  command: 'warehouse',
  component: Warehouse,
  plain: { page: warehouse },
});
