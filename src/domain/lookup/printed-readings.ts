import { parseGtin, shownGtin } from '../ids.ts';

/** An EAN, UPC-A or EAN-8 with the two or five digits that books and magazines print beside it: an issue, a price. */
const withAddOn = /^(\d{13}|\d{12}|\d{8})[ -]?(?:\d{2}|\d{5})$/;
/** UPC-E: six digits between a number system and a check digit, of which scanners leave out one or both. */
const upcE = /^(?:([01])(\d{6})(\d)?|(\d{6}))$/;

/** Where the six digits of UPC-E stand in the ten of UPC-A, by the last of them. */
function middleOf(six: string): string {
  const last = Number(six[5]);
  if (last <= 2) return `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`;
  if (last === 3) return `${six.slice(0, 3)}00000${six.slice(3, 5)}`;
  return last === 4 ? `${six.slice(0, 4)}00000${six[4]}` : `${six.slice(0, 5)}0000${last}`;
}

/** The GTINs that digits may stand for beside those they are: without what is printed beside the bars, and written in full. */
export function printedReadings(text: string): readonly string[] {
  if (parseGtin(text) !== undefined) return [];
  const [, front] = withAddOn.exec(text) ?? [];
  const [, system = '0', whole, check, six = whole] = upcE.exec(text) ?? [];
  const ends = check === undefined ? [...'0123456789'] : [check];
  const full = six === undefined ? [] : ends.map((end) => `${system}${middleOf(six)}${end}`);
  const gtin = [...(front === undefined ? [] : [front]), ...full].map(parseGtin).find((one) => one !== undefined);
  return gtin === undefined ? [] : [shownGtin(gtin)];
}
