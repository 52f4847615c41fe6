/**
 * Shopify names everything `gid://shopify/Product/123`; people see and paste `123`, which is the last part of
 * the address in the admin. The number, as text, is the one form that is kept; a gid is made when asking.
 */
export type GidKind = 'Product' | 'ProductVariant' | 'InventoryItem' | 'Location' | 'Shop' | 'Order' | 'BulkOperation';

export const toGid = (kind: GidKind, id: string): string => `gid://shopify/${kind}/${id}`;

/** The number in a gid of that kind, or in a bare number; `undefined` for anything else. */
export function parseShopifyId(kind: GidKind, text: string): string | undefined {
  const bare = text.trim();
  const prefix = `gid://shopify/${kind}/`;
  const digits = bare.startsWith(prefix) ? bare.slice(prefix.length) : bare;
  return /^[1-9]\d{0,19}$/.test(digits) ? digits : undefined;
}
