import type { FakeShop } from '../simulators/fake-shop.ts';

/** Something that a shop's keeper or customers do at a moment (milliseconds since 1970). */
export type ScheduledEvent = { readonly at: number; readonly act: (shop: FakeShop) => void };

/** A shop that lives: what is to happen in it, happens when its clock gets there. */
export type ScheduledShop = {
  readonly shop: FakeShop;
  plan(at: number, act: ScheduledEvent['act']): void;
  /** Lets time pass until a moment; everything due on the way happens, in order. */
  advanceTo(moment: number): void;
};

export function makeScheduledShop(shop: FakeShop): ScheduledShop {
  let ahead: ScheduledEvent[] = [];
  const goTo = (moment: number): void => {
    if (moment > shop.now()) shop.passTime(moment - shop.now());
  };
  return {
    shop,
    plan: (at, act) => {
      ahead.push({ at, act });
    },
    advanceTo: (moment) => {
      const due = ahead.filter((one) => one.at <= moment).sort((a, b) => a.at - b.at);
      ahead = ahead.filter((one) => one.at > moment);
      for (const { at, act } of due) {
        goTo(at);
        act(shop);
      }
      goTo(moment);
    },
  };
}
