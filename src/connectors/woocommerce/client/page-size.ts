import type { HttpResponse } from '../../http-response.ts';
import { firewallOf, isHtml } from '../../network/html-page.ts';
import type { WooError } from './error-meaning.ts';

/** What every host gives: smaller pages than these are refused for another reason, unless it says that it is for their size. */
const safeRows = 20;
const fewRows = 10;

type Refused = { readonly wooError: WooError; readonly reply: HttpResponse };

/**
 * How many rows to ask for in place of a page that was refused for its size: as WordPress says so, with what it allows;
 * in a host's words or by a firewall's page; or since the site broke down over it. Nothing where its size was not it.
 */
export function smallerPage({ wooError, reply }: Refused, rows: number): number | undefined {
  const { status, params, message } = wooError;
  if (status === 400 && params.per_page !== undefined && rows > 1) {
    const allowed = Number(/(\d+)\D*$/.exec(params.per_page)?.[1]);
    return allowed > 0 && allowed < rows ? allowed : Math.ceil(rows / 2);
  }
  const words = `${message} ${reply.text.slice(0, 400)}`;
  if ([400, 413, 422].includes(status) && /per_page|page size/i.test(words)) {
    const named = [...words.matchAll(/\d+/g)].map(([digits]) => Number(digits)).filter((one) => one > 1 && one < rows);
    return named[0] ?? (rows > safeRows ? safeRows : rows > fewRows ? fewRows : undefined);
  }
  if (rows <= safeRows) return undefined;
  const firewalled = [403, 413].includes(status) && isHtml(reply) && firewallOf(reply) === undefined;
  return firewalled || status === 500 ? safeRows : undefined;
}
