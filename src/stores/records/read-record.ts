import type { z } from 'zod';
import { type Changes, keyOf, type TableName, type Tables } from '../../domain/changes.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { StoreError } from '../../ports/store-error.ts';
import { eventShape } from './event-shape.ts';
import { type QuickCheck, quickCheck } from './quick-check.ts';
import { recordShapes } from './shapes.ts';

type Stored = Tables & { events: StoredEvent };
export type StoredName = keyof Stored;

const shapeOf = (name: StoredName): z.ZodType => (name === 'events' ? eventShape() : recordShapes[name]);

const checks = new Map<StoredName, QuickCheck>();
const surelyFits = (name: StoredName, value: unknown): boolean => {
  const check = checks.get(name) ?? quickCheck(shapeOf(name));
  checks.set(name, check);
  return check(value);
};

/** Why a value is no record of its table; `undefined` where it is one. */
export function wrongWith(name: StoredName, value: unknown): string | undefined {
  if (surelyFits(name, value)) return undefined;
  const read = shapeOf(name).safeParse(value);
  if (read.success) return undefined;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  return `${field === '' ? '' : `${field}: `}${issue?.message ?? 'not a record'}`;
}

/** Which record a value is, as far as it tells: its table and its key there, or the number of an event. */
export function nameOfRecord(name: StoredName, value: unknown): string {
  try {
    const key = name === 'events' ? (value as StoredEvent).seq : (keyOf[name] as (row: unknown) => string)(value);
    return `${name}, ${String(key).replaceAll('\u001f', ' ').slice(0, 80)}`;
  } catch {
    return name;
  }
}

/**
 * Refuses a change of which a record or an event has not its shape: what could not be read again would keep a store from
 * opening, or a record from being shown. Throws a `StoreError` (`wrong-shape`) that names table, key and field.
 */
export function requireShape(put: Changes['put'], events: readonly StoredEvent[], place: string): void {
  for (const [name, rows] of Object.entries({ ...put, events }) as [StoredName, readonly unknown[]][]) {
    for (const row of rows) {
      const wrong = wrongWith(name, row);
      if (wrong !== undefined) throw new StoreError('wrong-shape', place, `${nameOfRecord(name, row)}: ${wrong}`);
    }
  }
}

/** The record that a stored text holds, held against its shape. Throws a `StoreError` (`damaged`) that names its table and key. */
export function readRecord<Name extends StoredName>(name: Name, body: string, where: RecordPlace): Stored[Name] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw damaged(name, where, 'not JSON');
  }
  const wrong = wrongWith(name, value);
  if (wrong !== undefined) throw damaged(name, where, wrong);
  // The decoder: held against its shape just now.
  return value as Stored[Name];
}
export type RecordPlace = { readonly place: string; readonly key: string };

const damaged = (name: TableName | 'events', { place, key }: RecordPlace, what: string): StoreError =>
  new StoreError('damaged', `${place}, ${name}, ${key.replaceAll('\u001f', ' ')}`, what);
