import { GraphQLError } from 'graphql';
import type { FakeShop } from '../fake-shop.ts';

type TextFilter = { readonly eq?: string; readonly in?: readonly string[] };
type DateFilter = { readonly after?: string };

export type ListOptions = {
  readonly skip?: number;
  readonly take?: number;
  readonly sort?: Readonly<Record<string, 'ASC' | 'DESC'>>;
  readonly filter?: Readonly<Record<string, TextFilter & DateFilter>>;
};

/** What a list is made of: its rows, how they are told apart and dated, and how one is shown. */
export type Asked<Row> = {
  readonly rows: readonly Row[];
  readonly id: (row: Row) => string;
  /** The date that filters and sorting go by. */
  readonly at: (row: Row) => number;
  readonly texts?: (row: Row) => Readonly<Record<string, string | undefined>>;
  readonly show: (row: Row) => unknown;
};

type ListRules = ListOptions & { readonly limit: number; readonly ignoresDates?: boolean };

/** A list as Vendure pages it: by `skip` and `take` alone, and no more at once than the shop allows. */
export function listRows<Row>(shop: FakeShop, asked: Asked<Row>, rules: ListRules) {
  const { temper } = shop;
  if ((rules.take ?? 0) > rules.limit) {
    const message = `Cannot take more than ${rules.limit} results from a list query`;
    throw new GraphQLError(message, { extensions: { code: 'USER_INPUT_ERROR' } });
  }
  const take = rules.take ?? rules.limit;
  const size = temper.shortPages ? Math.max(1, Math.ceil(take * 0.6)) : take;
  const skip = temper.forgetPage ? 0 : (rules.skip ?? 0);
  const rows = temper.emptyCatalog ? [] : sorted(asked, rules).filter((row) => fits(asked, row, rules));
  return { totalItems: rows.length, items: rows.slice(skip, skip + size).map(asked.show) };
}

function fits<Row>(asked: Asked<Row>, row: Row, { filter = {}, ignoresDates }: ListRules): boolean {
  const texts: Readonly<Record<string, string | undefined>> = { id: asked.id(row), ...asked.texts?.(row) };
  return Object.entries(filter).every(([name, condition]) => {
    // Strictly after.
    if (condition.after !== undefined) return ignoresDates === true || asked.at(row) > Date.parse(condition.after);
    const text = texts[name] ?? '';
    if (condition.eq !== undefined && condition.eq !== text) return false;
    return condition.in === undefined || condition.in.includes(text);
  });
}

function sorted<Row>({ rows, id, at }: Asked<Row>, { sort = {} }: ListRules): readonly Row[] {
  const [[by, order] = ['createdAt', 'ASC']] = Object.entries(sort);
  const key = (row: Row): number => (by === 'id' ? Number(id(row)) : at(row));
  const sign = order === 'DESC' ? -1 : 1;
  return [...rows].sort((a, b) => sign * (key(a) - key(b)));
}
