import { useState } from 'react';
import type { Memory } from '../../src/views/input/navigation.ts';
import type { Column, Sort } from '../../src/views/table.ts';
import { useDesk } from '../desk/use-desk.ts';

export type Sorting = { readonly order: Sort | undefined; readonly ask: () => void; readonly memory: Memory };

/** The order of a list, chosen from its columns; the same column again turns it round. */
export function useSort<Row>(columns: readonly Column<Row>[]): Sorting {
  const { entry, ask, words } = useDesk();
  const { sortBy, sortDown } = entry.memory;
  const [order, setOrder] = useState<Sort | undefined>(
    typeof sortBy === 'string' ? { column: sortBy, down: sortDown === true } : undefined,
  );
  const choose = (column: string): void =>
    setOrder((before) => ({ column, down: before?.column === column ? !before.down : false }));
  return {
    order,
    memory: order === undefined ? {} : { sortBy: order.column, sortDown: order.down },
    ask: () =>
      ask({
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
          { label: words.screen.sortAsCame, run: () => setOrder(undefined) },
        ],
      }),
  };
}
