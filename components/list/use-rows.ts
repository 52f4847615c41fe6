import { useMemo, useRef } from 'react';
import { type Filterable, type FilterCondition, matchesConditions } from '../../src/views/list/filter-conditions.ts';
import { stableOrder } from '../../src/views/list/stable-order.ts';
import { type Column, type Sort, sortRows } from '../../src/views/list/table.ts';
import type { Words } from '../../src/views/words/words.ts';
import { useApp } from '../context/app-context.ts';

type RowsOptions<Row> = {
  readonly all: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly conditions: readonly FilterCondition[];
  readonly filterable: (row: Row, words: Words) => Filterable;
  readonly order: Sort | undefined;
  /** Names the question: under another one, and when the person reads again, rows are ordered anew. */
  readonly queryKey: string;
};

/** The rows that fit the filter, in the chosen order; a change from outside never reorders what is on the screen. */
export function useRows<Row>({
  all,
  idOf,
  columns,
  conditions,
  filterable,
  order,
  queryKey,
}: RowsOptions<Row>): readonly Row[] {
  const { language, words, refreshCount } = useApp();
  const previous = useRef<{ readonly queryKey: string; readonly ids: readonly string[] }>({ queryKey: '', ids: [] });
  const question = `${refreshCount} ${language} ${queryKey} ${order?.column ?? ''} ${order?.down ?? ''}`;
  return useMemo(() => {
    const sorted = sortRows(all, columns, { sort: order, language });
    const before = previous.current.queryKey === question ? previous.current.ids : [];
    const stable = stableOrder(sorted, idOf, before);
    previous.current = { queryKey: question, ids: stable.map(idOf) };
    return conditions.length === 0
      ? stable
      : stable.filter((row) => matchesConditions(conditions, filterable(row, words)));
  }, [all, idOf, columns, conditions, filterable, order, words, language, question]);
}
