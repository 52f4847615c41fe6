import { keyOf } from '../../domain/changes.ts';
import type { Mark } from '../../domain/mark.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/** Notes something on a product, in one shop or in all; a mark of the same kind there is written over. */
export async function mark(deps: ServiceDependencies, given: Omit<Mark, 'at' | 'by'>): Promise<Mark> {
  assertCanWrite(deps);
  const at = deps.clock.now();
  const made: Mark = { ...given, at, by: deps.actor.name };
  if (given.kind === 'note' && (given.text ?? '').trim() === '')
    throw new Refusal('bad-value', { field: 'text', value: '' });
  await deps.store.change(async (now) => {
    const [product] = await now.products([given.productId]);
    if (product === undefined) throw new Refusal('unknown-product', { product: given.productId });
    return changesFromEvents(now, [{ at, by: deps.actor, type: 'marked', mark: made }]);
  });
  return made;
}

/** Takes a mark away, where there is one. */
export async function unmark(
  deps: ServiceDependencies,
  given: Pick<Mark, 'productId' | 'shopId' | 'kind'>,
): Promise<void> {
  assertCanWrite(deps);
  await deps.store.change(async (now) => {
    const key = keyOf.marks({ ...given, at: deps.clock.now(), by: '' });
    const standing = (await now.marksOf([given.productId])).find((one) => keyOf.marks(one) === key);
    const at = deps.clock.now();
    return changesFromEvents(now, standing ? [{ at, by: deps.actor, type: 'unmarked', mark: standing }] : []);
  });
}
