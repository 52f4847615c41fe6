import type { z } from 'zod';
import type { TableName, Tables } from '../../domain/changes.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { StoreError } from '../../ports/store-error.ts';
import { eventShape } from './event-shape.ts';
import { recordShapes } from './shapes.ts';

type Stored = Tables & { events: StoredEvent };
export type StoredName = keyof Stored;

const shapeOf = (name: StoredName): z.ZodType => (name === 'events' ? eventShape() : recordShapes[name]);

/** Why a value is no record of its table; `undefined` where it is one. */
export function wrongWith(name: StoredName, value: unknown): string | undefined {
  const read = shapeOf(name).safeParse(value);
  if (read.success) return undefined;
  const [issue] = read.error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a record'}`;
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
