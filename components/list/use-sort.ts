import { useState } from 'react';
import type { Column, Sort } from '../../src/views/list/table.ts';
import type { Memory } from '../../src/views/navigation/navigation.ts';
import { useApp } from '../context/app-context.ts';

export type Sorting = { readonly order: Sort | undefined; readonly openDialog: () => void; readonly memory: Memory };

/** The order of a list, chosen from its columns; the same column again turns it round. */
export function useSort<Row>(columns: readonly Column<Row>[]): Sorting {
  const { entry, openDialog, words } = useApp();
  const { sortBy, sortDown } = entry.memory;
  const [order, setOrder] = useState<Sort | undefined>(
    typeof sortBy === 'string' ? { column: sortBy, down: sortDown === true } : undefined,
  );
  const choose = (column: string): void =>
    setOrder((before) => ({ column, down: before?.column === column ? !before.down : false }));
  return {
    order,
    memory: order === undefined ? {} : { sortBy: order.column, sortDown: order.down },
    openDialog: () =>
      openDialog({
        kind: 'menu',
        title: words.screen.sortTitle,
        choices: [
          ...columns
            .filter((column) => column.title !== '')
            .map((column) => ({
              label: column.title,
              note: order?.column === column.id ? words.screen.sortAgain : '',
              run: () => choose(column.id),
            })),
          { label: words.screen.sortOriginal, run: () => setOrder(undefined) },
        ],
      }),
  };
}
