import type { ListingRef } from '../domain/ids.ts';
import { shownGtin } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import { type ImportProblem, Refusal } from '../services/services.ts';
import { number } from '../views/numbers.ts';
import { parseRef, shownRef } from '../views/refs.ts';
import { shortName } from '../views/telling.ts';
import { exit } from './exit.ts';
import { jsonDocument } from './json.ts';
import { type ColumnNames, readTable, type TableLine } from './read-table.ts';
import type { Session, Work } from './session.ts';

const names: ColumnNames = {
  sku: ['sku', 'varenummer', 'varenr', 'varenr.', 'item number', 'product', 'produkt'],
  shop: ['shop', 'webshop'],
  productId: ['product id', 'produkt id', 'shop product id', 'productid'],
  variantId: ['variant id', 'shop variant id', 'variantid', 'variant'],
  reason: ['reason', 'grund', 'note'],
};

/** What speaks for a link made by hand, said before it is made: the same EAN, the same item number, or neither. */
export const proofOf = async (session: Session, product: Product, ref: ListingRef): Promise<string> => {
  const { words, services } = session;
  const holdings = await services.whoHolds(ref.shopProductId, ref.shopId);
  const listing = holdings.find(({ ref: held }) => held.shopVariantId === ref.shopVariantId)?.listing;
  if (listing === undefined) return words.cli.proof.unseen;
  const proofs: string[] = [];
  if (listing.gtin !== undefined && listing.gtin === product.gtin)
    proofs.push(words.cli.proof.sameGtin(shownGtin(listing.gtin)));
  if (listing.sku !== undefined && listing.sku === product.sku) proofs.push(words.cli.proof.sameSku(listing.sku));
  return proofs.length === 0 ? words.cli.proof.none : proofs.join(', ');
};

type Wanted = { readonly line: number; readonly product: Product; readonly ref: ListingRef; readonly reason: string };
type Read = { readonly wanted: readonly Wanted[]; readonly problems: readonly ImportProblem[] };

const readWanted = async (session: Session, { line, cells }: TableLine): Promise<Wanted | ImportProblem> => {
  const { services } = session;
  const [sku = '', shopText = ''] = [cells.sku, cells.shop];
  if (sku === '') return { line, column: 'sku', what: 'value-missing' };
  const found = await services.identify(sku);
  const product = found.find((one) => one.sku === sku) ?? (found.length === 1 ? found[0] : undefined);
  if (product === undefined) return { line, column: 'sku', what: 'unknown-product', value: sku };
  const shop = (await services.shops()).find((one) => one.shop.id.toLowerCase() === shopText.toLowerCase())?.shop;
  if (shop === undefined) return { line, column: 'shop', what: 'unknown-shop', value: shopText };
  const variant = cells.variantId === undefined || cells.variantId === '' ? '' : `/${cells.variantId}`;
  const card = await services.product(product.id);
  const standing = card?.places.find((place) => place.shop.id === shop.id)?.integration?.ref;
  const ref = (cells.productId ?? '') === '' ? standing : parseRef(shop.id, `${cells.productId}${variant}`);
  if (ref === undefined) return { line, column: 'productId', what: 'value-missing' };
  return { line, product, ref, reason: cells.reason ?? '' };
};

const readFile = async (session: Session, file: string): Promise<Read> => {
  const table = await readTable(file, names, session.words);
  const read: (Wanted | ImportProblem)[] = [];
  for (const line of table.lines) read.push(await readWanted(session, line));
  return {
    wanted: read.filter((one): one is Wanted => 'product' in one),
    problems: [...table.problems, ...read.filter((one): one is ImportProblem => !('product' in one))],
  };
};

type ImportOptions = { readonly dryRun?: boolean };

/** Reads a file of links to make or to remove, does each, and answers line by line. A bad line stops all before the first. */
export const importLinks =
  (kind: 'link' | 'unlink'): Work<Session, ImportOptions> =>
  async (session, [file = ''], options) => {
    const { out, words } = session;
    const { wanted, problems } = await readFile(session, file);
    if (problems.length > 0) throw new Refusal('bad-import', { file }, problems);
    const dryRun = options.dryRun === true;
    const results: { line: number; product: string; shop: string; ref: string; outcome: string }[] = [];
    for (const one of wanted) {
      const outcome = dryRun ? await preview(session, one, kind) : await attempt(session, one, kind);
      const { line, product, ref } = one;
      results.push({ line, product: shortName(product, words), shop: ref.shopId, ref: shownRef(ref), outcome });
    }
    const refused = results.filter(({ outcome }) => outcome !== 'done' && !dryRun);
    const code = refused.length === 0 ? exit.ok : exit.findings;
    if (session.format === 'json') {
      out.data(jsonDocument(`${kind}-import`, { file, dryRun, results }));
      return code;
    }
    for (const { line, product, shop, ref, outcome } of results) {
      const said = outcome === 'done' ? words.cli.done : outcome;
      out.say(`${words.cli.line(String(line))}: ${product}, ${shop} ${ref}: ${said}`);
    }
    out.say(
      dryRun
        ? words.cli.dryRun
        : words.cli.didOf(number(results.length - refused.length, words), number(results.length, words)),
    );
    return code;
  };

const preview = async (session: Session, { product, ref }: Wanted, kind: 'link' | 'unlink'): Promise<string> =>
  kind === 'link' ? proofOf(session, product, ref) : session.words.cli.wouldUnlink;

const attempt = async (
  session: Session,
  { product, ref, reason }: Wanted,
  kind: 'link' | 'unlink',
): Promise<string> => {
  const { services, words } = session;
  try {
    if (kind === 'link') await services.link(product.id, ref);
    else await services.remove(product.id, ref.shopId, reason === '' ? words.cli.fromFile : reason);
    return 'done';
  } catch (error) {
    // One line that is refused does not stop the others; anything else does.
    if (error instanceof Refusal && error.kind !== 'read-only') return error.kind;
    throw error;
  }
};
