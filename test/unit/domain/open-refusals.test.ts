import { describe, expect, it } from 'vitest';
import type { Integration } from '../../../src/domain/integration.ts';
import { afterPush, afterRefusal } from '../../../src/domain/push/open-refusals.ts';
import { makeIntegration, morning, refTo } from '../../support/builders.ts';

type Told = { readonly location?: string; readonly ref?: ReturnType<typeof refTo>; readonly why?: 'no-integration' };
const link = makeIntegration({ ref: refTo('no', '101') });
const place = ({ location }: Told) =>
  location === undefined ? {} : { shopLocation: { id: location, name: location } };
const event = {
  at: morning,
  by: { kind: 'person', name: 'mette' },
  productId: link.productId,
  shopId: link.ref.shopId,
} as const;

const refuse = (before: Integration, told: Told): Integration => ({
  ...before,
  ...afterRefusal(before, {
    ...event,
    type: 'push-refused',
    ref: told.ref ?? before.ref,
    why: told.why ?? 'refused-by-shop',
    ...place(told),
  } as Parameters<typeof afterRefusal>[1]),
});
const take = (before: Integration, told: Told): Integration => ({
  ...before,
  ...afterPush(before, { ...event, type: 'stock-pushed', ref: before.ref, quantity: 1, ...place(told) } as Parameters<
    typeof afterPush
  >[1]),
});
const open = ({ refused = [] }: Integration) => refused.map(({ location }) => location ?? 'all');

describe('what a link has refused and not taken since', () => {
  it('is open until a figure is taken at the same place', () => {
    const refused = refuse(link, {});
    expect(open(refused)).toEqual(['all']);
    expect(take(refused, {}).refused).toBeUndefined();
    const two = refuse(refuse(link, { location: 'a' }), { location: 'b' });
    expect(open(two)).toEqual(['b', 'a']);
    expect(open(take(two, { location: 'a' }))).toEqual(['b']);
    expect(open(refuse(two, { location: 'a' }))).toEqual(['a', 'b']);
  });

  it('is told anew where a shop is told one figure before, or since', () => {
    expect(open(refuse(refuse(link, {}), { location: 'a' }))).toEqual(['a']);
    expect(open(refuse(refuse(link, { location: 'a' }), {}))).toEqual(['all']);
    expect(take(refuse(link, { location: 'a' }), {}).refused).toBeUndefined();
  });

  it('is nothing of another thing in the shop, nor of what has no link', () => {
    expect(open(refuse(link, { ref: refTo('no', '7') }))).toEqual([]);
    expect(open(refuse(link, { why: 'no-integration' }))).toEqual([]);
  });
});
