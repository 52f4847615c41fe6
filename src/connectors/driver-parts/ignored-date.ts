import type { ShopError } from '../../ports/shop-error.ts';
import type { Http } from '../http.ts';

/** The error of a shop that was asked for changes and shows what is older: it left the filter out, and would show everything. */
export const ignoredDate = (trouble: Http['trouble'], id: string, doing = 'reading changes'): ShopError =>
  trouble('unintelligible', {
    doing,
    found: `the shop does not filter by date: product ${id} is older than asked for`,
    distrusted: true,
  });
