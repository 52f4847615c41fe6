const names = 'sku|ean|gtin|upc|isbn|barcode|stregkode|varenr|varenummer|item|itemno|productid';
/** An address of a shop or a label that names what it is about. */
const inAddress = new RegExp(`[?&](?:${names})=([^&#\\s]+)`, 'i');
const inJson = new RegExp(`"(?:${names})"\\s*:\\s*"?([^",}]+)`, 'i');
/** A label of several fields: what is looked for stands first. */
const firstField = /^([^;|\t]{3,50}?)\s*[;|\t]/;

/** What a code of several fields says it is about: an address with a query, JSON, fields with a separator between them. */
export const namedInRecord = (text: string): readonly string[] =>
  [inAddress, inJson, firstField].flatMap((form) => form.exec(text)?.[1]?.trim() ?? []);
