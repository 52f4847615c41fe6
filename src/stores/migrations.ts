import type { TableName } from '../domain/changes.ts';

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
