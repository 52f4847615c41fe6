import { numberId } from '../../decode.ts';

/** The number that rows are told apart and asked on by, also of one that nobody can read; none where it has none. */
export function keyIn(row: unknown, name = 'id'): number | undefined {
  const written: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;
  const read = numberId.safeParse(written);
  return read.success && Number.isSafeInteger(Number(read.data)) ? Number(read.data) : undefined;
}
