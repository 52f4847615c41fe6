import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';

/** An answer that says what time it is where the goods lie, by the clock that dates its rows. */
export const dated = (answer: FakeResponse, { temper }: FakeShop, now: number): FakeResponse => ({
  ...answer,
  headers: { date: temper.dateHeader ?? new Date(now).toUTCString(), ...answer.headers },
});
