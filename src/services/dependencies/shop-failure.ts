import type { ShopTrouble } from '../../domain/shop.ts';
import type { ShopError, ShopErrorDetail, ShopErrorKind } from '../../ports/shop-error.ts';

/** Trouble with a shop as a value, where it is a result and not the end of the call. */
export type ShopFailure = { readonly kind: ShopErrorKind; readonly detail: ShopErrorDetail };

/** Trouble with a shop as it is written down: its kind, its reason, and the words with who said them. */
export function keptTrouble({ kind, detail, message }: ShopError): ShopTrouble & { readonly status?: number } {
  const { said = message, saidBy, reason, status } = detail;
  const by = detail.said === undefined ? 'us' : saidBy;
  return {
    kind,
    said,
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { saidBy: by }),
    ...(status === undefined ? {} : { status }),
  };
}
