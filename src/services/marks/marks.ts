import { keyOf } from '../../domain/changes.ts';
import type { Mark } from '../../domain/mark.ts';
import { typedText } from '../../domain/text/typed-text.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

type NewMark = Omit<Mark, 'at' | 'by'>;
type MarkKey = Pick<Mark, 'productId' | 'shopId' | 'kind'>;

/** Notes something on products, in one shop or in all, as one act; a mark of the same kind there is written over. */
export async function markAll(deps: ServiceDependencies, given: readonly NewMark[]): Promise<readonly Mark[]> {
  assertCanWrite(deps);
  const at = deps.clock.now();
  const cleaned = given.map((mark) => (mark.text === undefined ? mark : { ...mark, text: typedText(mark.text) }));
  if (cleaned.some(({ kind, text }) => kind === 'note' && (text ?? '') === ''))
    throw new Refusal('bad-value', { field: 'text', value: '' });
  const made = cleaned.map((mark): Mark => ({ ...mark, at, by: deps.actor.name }));
  await deps.store.change(async (now) => {
    const known = new Set((await now.products(given.map(({ productId }) => productId))).map(({ id }) => id));
    const unknown = given.find(({ productId }) => !known.has(productId));
    if (unknown !== undefined) throw new Refusal('unknown-product', { product: unknown.productId });
    return changesFromEvents(
      now,
      made.map((mark) => ({ at, by: deps.actor, type: 'marked', mark })),
    );
  });
  return made;
}

/** Takes marks away as one act, where there are any. */
export async function unmarkAll(deps: ServiceDependencies, given: readonly MarkKey[]): Promise<void> {
  assertCanWrite(deps);
  await deps.store.change(async (now) => {
    const at = deps.clock.now();
    const keys = new Set(given.map((mark) => keyOf.marks({ ...mark, at, by: '' })));
    const standing = (await now.marksOf(given.map(({ productId }) => productId))).filter((mark) =>
      keys.has(keyOf.marks(mark)),
    );
    return changesFromEvents(
      now,
      standing.map((mark) => ({ at, by: deps.actor, type: 'unmarked', mark })),
    );
  });
}

/** Notes something on a product. */
export async function mark(deps: ServiceDependencies, given: NewMark): Promise<Mark> {
  const [made] = await markAll(deps, [given]);
  if (made === undefined) throw new Error('a mark was not written');
  return made;
}
