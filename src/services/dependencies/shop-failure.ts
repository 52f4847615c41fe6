import type { ShopErrorDetail, ShopErrorKind } from '../../ports/shop-error.ts';

/** Trouble with a shop as a value, where it is a result and not the end of the call. */
export type ShopFailure = { readonly kind: ShopErrorKind; readonly detail: ShopErrorDetail };
