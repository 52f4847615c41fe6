import { useMemo } from 'react';
import { parseInstant } from '../../src/domain/ids.ts';
import { completed, completionOf, facetValues } from '../../src/views/list/filter-completion.ts';
import {
  type Filterable,
  type FilterCondition,
  type FilterField,
  type FilterFieldId,
  filterFields,
  parseConditions,
  wordsOf,
} from '../../src/views/list/filter-conditions.ts';
import type { Words } from '../../src/views/words/words.ts';
import { useApp } from '../context/app-context.ts';
import { type Filter, useFilter } from './use-filter.ts';

type ConditionOptions<Row> = {
  readonly fields: readonly FilterFieldId[];
  readonly rows: readonly Row[];
  readonly filterable: (row: Row, words: Words) => Filterable;
  readonly onKey: (name: string) => boolean;
};

/** The filter of a list and what it asks for. */
export type Conditions = {
  readonly filter: Filter;
  readonly fields: readonly FilterField[];
  readonly conditions: readonly FilterCondition[];
  /** Words that rows have to hold. */
  readonly highlight: readonly string[];
  /** What Tab would make of the last word, while the field is open. */
  readonly completions: readonly string[] | undefined;
};

/** A filter whose fields and values complete while they are typed. */
export function useConditions<Row>({ fields: ids, rows, filterable, onKey }: ConditionOptions<Row>): Conditions {
  const { words, services } = useApp();
  const fields = useMemo(() => filterFields(ids, words), [ids, words]);
  const completionFor = (text: string) =>
    completionOf(text, fields, (field) => facetValues(rows, field, (row) => filterable(row, words)));
  const filter = useFilter({ onKey, complete: (text) => completed(text, completionFor(text)) });
  // Ages count from this minute, and only where one is asked for: rows are not gone through with every tick.
  const minute = filter.text.includes(':') ? services.now().slice(0, 16) : '';
  const conditions = useMemo(
    () => parseConditions(filter.text, fields, parseInstant(`${minute}:00Z`)),
    [filter.text, fields, minute],
  );
  const highlight = useMemo(() => wordsOf(conditions), [conditions]);
  const completions = filter.open ? completionFor(filter.text)?.options : undefined;
  return { filter, fields, conditions, highlight, completions };
}
