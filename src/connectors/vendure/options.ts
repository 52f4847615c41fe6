/** What a person may choose for a Vendure shop. */
export type VendureOptions = {
  /** A channel's token: the shop is one channel of several. */
  readonly channel?: string;
  /** The id of the stock location that gets our figure. */
  readonly location?: string;
  /** The custom field of variants that holds the barcode: Vendure has none of its own. */
  readonly barcode?: string;
};

export const optionNames = { channel: 'channel', location: 'location', barcode: 'barcode' } as const;

/** Reads stored options; an empty one counts as none. Throws where the custom field cannot be a name in GraphQL. */
export function parseOptions(stored: Readonly<Record<string, string>>): VendureOptions {
  const { barcode } = stored;
  if (barcode !== undefined && barcode !== '' && !/^[_A-Za-z]\w*$/.test(barcode)) {
    throw new Error(`"${barcode}" is not the name of a custom field`);
  }
  return {
    channel: stored.channel || undefined,
    location: stored.location || undefined,
    barcode: barcode || undefined,
  };
}
