import type { Clock } from '../../ports/clock.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import { makeClockCheck } from './clock-check.ts';

type Pages = ShopConnector['page'];

/** Marks the cursors of a reading that was to be of changes and became one of everything. */
const wholeMark = 'whole:';

/**
 * Pages that trust a shop's clock only while it makes sense. One that is far off or has jumped says nothing about
 * what changed since: everything is read instead, and told with how far off it is, so that nobody goes on from it.
 */
export function clockedPages(page: Pages, { clock }: { readonly clock: Clock }): Pages {
  const check = makeClockCheck();
  const ask: Pages = async (request, signal) => {
    const shown = await page(request, signal);
    const clockOffMs = check(shown.asOf, clock.now());
    return clockOffMs === undefined ? shown : { ...shown, asOf: clock.now(), clockOffMs };
  };
  const whole: Pages = async ({ cursor, expected }, signal) => {
    const shown = await ask({ cursor, expected }, signal);
    return { ...shown, next: shown.next === undefined ? undefined : wholeMark + shown.next };
  };
  return async (request, signal) => {
    if (request.since === undefined) return ask(request, signal);
    if (request.cursor?.startsWith(wholeMark) === true) {
      return whole({ ...request, cursor: request.cursor.slice(wholeMark.length) }, signal);
    }
    const shown = await ask(request, signal);
    return shown.clockOffMs === undefined ? shown : whole({ expected: request.expected }, signal);
  };
}
