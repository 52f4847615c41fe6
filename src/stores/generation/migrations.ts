import type { TableName } from '../../domain/changes.ts';

/** JSON of an older version, about which nothing more is known than that it is an object. */
export type OldRow = { readonly by?: unknown; readonly [field: string]: unknown };

/** One step between two versions of the files. Numbered, named, pure; never changed once released, only followed by another. */
export type Migration = {
  readonly to: number;
  readonly name: string;
  readonly record: (table: TableName, row: OldRow) => OldRow;
  readonly event: (event: OldRow) => OldRow;
};

const isObject = (value: unknown): value is OldRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const within = (row: OldRow, name: string, change: (inner: OldRow) => OldRow): OldRow => {
  const inner = row[name];
  return isObject(inner) ? { ...row, [name]: change(inner) } : row;
};

/** Version 1 kept who acted as one text, with the program's own parts in brackets: `anna`, `(sync)`. */
const nameTheKindOfActor = (row: OldRow): OldRow => {
  const by = row.by;
  if (typeof by !== 'string') return row;
  const program = /^\((.*)\)$/.exec(by);
  return { ...row, by: program === null ? { kind: 'person', name: by } : { kind: 'program', name: program[1] } };
};
const actorsOfTombstone = (row: OldRow): OldRow => within(nameTheKindOfActor(row), 'integration', nameTheKindOfActor);

/** What version 2 had under one id: `copy` beside the listing, and `newcomer`, whose own `copy` was the next newcomer. */
function toBesideList({ copy, newcomer, ...front }: OldRow): OldRow {
  const beside = [...thingsFrom(copy), ...thingsFrom(newcomer).map((one) => ({ ...one, newcomer: true }))];
  return beside.length === 0 ? front : { ...front, beside };
}

function thingsFrom(thing: unknown): readonly OldRow[] {
  if (!isObject(thing)) return [];
  const { copy, newcomer: _, ...own } = thing;
  return [own, ...thingsFrom(copy)];
}

/** Version 2 kept which reading had made a link, to weigh claims while that reading ran. */
const withoutReading = ({ madeIn: _, ...integration }: OldRow): OldRow => integration;

export const migrations: readonly Migration[] = [
  {
    to: 2,
    name: '2-name-the-kind-of-actor',
    record: (table, row) => {
      if (table === 'integrations') return nameTheKindOfActor(row);
      return table === 'tombstones' ? actorsOfTombstone(row) : row;
    },
    event: actorsOfTombstone,
  },
  {
    to: 3,
    name: '3-lay-beside',
    record: (table, row) => {
      if (table === 'listings') return toBesideList(row);
      if (table === 'integrations') return withoutReading(row);
      return table === 'tombstones' ? within(row, 'integration', withoutReading) : row;
    },
    event: (event) => within(within(event, 'integration', withoutReading), 'listing', toBesideList),
  },
  // Lines of a journal name the line before them; what they hold is the same.
  { to: 4, name: '4-chain-the-journal', record: (_, row) => row, event: (event) => event },
  // Stock by location has a table of its own, which an older program would lose.
  { to: 5, name: '5-stock-by-location', record: (_, row) => row, event: (event) => event },
  // A shop may be told at several locations of its own: an older program would tell one of them the sum.
  { to: 6, name: '6-shop-locations', record: (_, row) => row, event: (event) => event },
];

/** Every step from a version to today's, as one; `undefined` where there is nothing to do. */
export function upgradeFrom(version: number): Pick<Migration, 'record' | 'event'> | undefined {
  const steps = migrations.filter(({ to }) => to > version);
  if (steps.length === 0) return undefined;
  return {
    record: (table, row) => steps.reduce((now, step) => step.record(table, now), row),
    event: (event) => steps.reduce((now, step) => step.event(now), event),
  };
}
