import { useMemo, useRef } from 'react';
import { type Facet, type Filterable, fitsFacets } from '../../src/views/input/facets.ts';
import { steadyOrder } from '../../src/views/input/steady-order.ts';
import { type Column, type Sort, sortRows } from '../../src/views/table.ts';
import type { Words } from '../../src/views/words.ts';
import { useDesk } from '../desk/use-desk.ts';

type RowsAsked<Row> = {
  readonly all: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly facets: readonly Facet[];
  readonly filterable: (row: Row, words: Words) => Filterable;
  readonly order: Sort | undefined;
  /** Names the question: under another one, and when the person reads again, rows are ordered anew. */
  readonly about: string;
};

/** The rows that fit the filter, in the chosen order; a change from outside never reorders what is on the screen. */
export function useRows<Row>({ all, idOf, columns, facets, filterable, order, about }: RowsAsked<Row>): readonly Row[] {
  const { language, words, epoch } = useDesk();
  const stood = useRef<{ readonly about: string; readonly ids: readonly string[] }>({ about: '', ids: [] });
  const question = `${epoch} ${language} ${about} ${order?.column ?? ''} ${order?.down ?? ''}`;
  return useMemo(() => {
    const sorted = sortRows(all, columns, { sort: order, language });
    const before = stood.current.about === question ? stood.current.ids : [];
    const steady = steadyOrder(sorted, idOf, before);
    stood.current = { about: question, ids: steady.map(idOf) };
    return facets.length === 0 ? steady : steady.filter((row) => fitsFacets(facets, filterable(row, words)));
  }, [all, idOf, columns, facets, filterable, order, words, language, question]);
}
