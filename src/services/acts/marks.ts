import { keyOf } from '../../domain/changes.ts';
import type { Mark } from '../../domain/mark.ts';
import { mayAct } from '../acting.ts';
import { changesOf } from '../changes-of.ts';
import { Refusal } from '../services.ts';
import type { World } from '../world.ts';

/** Notes something on a product, in one shop or in all; a mark of the same kind there is written over. */
export async function mark(world: World, given: Omit<Mark, 'at' | 'by'>): Promise<Mark> {
  mayAct(world);
  const at = world.clock.now();
  const made: Mark = { ...given, at, by: world.actor.name };
  if (given.kind === 'note' && (given.text ?? '').trim() === '')
    throw new Refusal('bad-value', { field: 'text', value: '' });
  await world.store.change(async (now) => {
    const [product] = await now.products([given.productId]);
    if (product === undefined) throw new Refusal('unknown-product', { product: given.productId });
    return changesOf(now, [{ at, by: world.actor, type: 'marked', mark: made }]);
  });
  return made;
}

/** Takes a mark away, where there is one. */
export async function unmark(world: World, given: Pick<Mark, 'productId' | 'shopId' | 'kind'>): Promise<void> {
  mayAct(world);
  await world.store.change(async (now) => {
    const key = keyOf.marks({ ...given, at: world.clock.now(), by: '' });
    const standing = (await now.marksOf([given.productId])).find((one) => keyOf.marks(one) === key);
    const at = world.clock.now();
    return changesOf(now, standing ? [{ at, by: world.actor, type: 'unmarked', mark: standing }] : []);
  });
}
