import { sameRef } from '../../../domain/changes.ts';
import { shownGtin } from '../../../domain/ids.ts';
import { linkable } from '../../../domain/listing.ts';
import { lesserStockColumns, stockColumns } from '../../../files/stock-columns.ts';
import type { ColumnNames, TableLine } from '../../../files/table.ts';
import { type ImportProblem, Refusal, type RefusalKind } from '../../../services/dependencies/refusal.ts';
import type { LinkLine, LinkToMake } from '../../../services/integrations/integration-service.ts';
import { refusalLines } from '../../../views/errors/error-lines.ts';
import { type FormatContext, shortName } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { formatRef, parseRef } from '../../../views/format/refs.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { encodingNote, readTable } from '../../files/csv-file.ts';
import { readObjects } from '../../files/json-file.ts';
import { jsonDocument } from '../../output/json.ts';
import { makeFormatContext } from '../../resolve-arguments.ts';

const names: ColumnNames = {
  sku: ['sku', 'varenummer', 'varenr', 'item number', 'product', 'produkt'],
  shop: ['shop', 'webshop'],
  productId: ['product id', 'produkt id', 'shop product id', 'productid'],
  variantId: ['variant id', 'shop variant id', 'variantid', 'variant'],
  reason: ['reason', 'grund', 'note'],
};

const lesser = [{ column: 'sku', titles: stockColumns.sku }, ...lesserStockColumns];

/** What speaks for a link made by hand: the same EAN, the same item number, or neither. */
export function matchEvidence({ product, listing }: Pick<LinkToMake, 'product' | 'listing'>, words: Words): string {
  if (listing === undefined) return words.cli.proof.unseen;
  const proofs: string[] = [];
  if (listing.gtin !== undefined && listing.gtin === product.gtin)
    proofs.push(words.cli.proof.sameGtin(shownGtin(listing.gtin)));
  if (listing.sku !== undefined && listing.sku === product.sku) proofs.push(words.cli.proof.sameSku(listing.sku));
  return proofs.length === 0 ? words.cli.proof.none : proofs.join(', ');
}

type ReadFile = {
  readonly wanted: readonly LinkToMake[];
  readonly problems: readonly ImportProblem[];
  readonly reasonOf: (line: number) => string;
};

async function readFile(session: Session, file: string, kind: Kind): Promise<ReadFile> {
  const { services, words } = session;
  const needed = kind === 'link' ? ['sku', 'shop', 'productId'] : ['sku', 'shop'];
  const read = /\.json$/i.test(file) ? readObjects : readTable;
  const table = await read(file, { names, lesser, needed }, words);
  const encoding = encodingNote(table, words);
  if (encoding !== undefined) session.out.note(encoding);
  const shops = await services.shops.all();
  const rows = table.lines.map((line): LinkLine | ImportProblem => {
    const shop = shops.find(({ id }) => id.toLowerCase() === (line.cells.shop ?? '').toLowerCase());
    if (shop === undefined)
      return { line: line.line, column: 'shop', what: 'unknown-shop', value: line.cells.shop ?? '' };
    const typed = idsOf(line);
    const ref = typed === '' ? undefined : parseRef(shop.id, typed);
    if (ref === undefined && (typed !== '' || kind === 'link'))
      return { line: line.line, column: 'productId', what: 'value-missing', ...(typed === '' ? {} : { value: typed }) };
    return { line: line.line, sku: line.cells.sku ?? '', shopId: shop.id, ref };
  });
  const { links, problems } = await services.integrations.readLinks(
    rows.filter((one): one is LinkLine => 'shopId' in one),
  );
  const reasons = new Map(table.lines.map(({ line, cells }) => [line, cells.reason ?? '']));
  return {
    wanted: links,
    problems: [
      ...table.problems,
      ...rows.filter((one): one is ImportProblem => !('shopId' in one)),
      ...problems,
    ].toSorted((a, b) => a.line - b.line),
    reasonOf: (line) => reasons.get(line) ?? '',
  };
}

const idsOf = ({ cells: { productId = '', variantId = '' } }: TableLine): string =>
  productId === '' || variantId === '' ? productId : `${productId}/${variantId}`;

type Kind = 'link' | 'unlink';
type ImportOptions = { readonly dryRun?: boolean };
type Outcome = { readonly outcome: 'done' | 'would' | RefusalKind; readonly said: string };

/**
 * Reads a file of links to make or to remove, does each, and answers line by line with what speaks for it. A bad line
 * stops all before the first; a line that is refused does not stop the others.
 */
export const importLinks =
  (kind: Kind): CommandHandler<Session, ImportOptions> =>
  async (session, [file = ''], options) => {
    const { out, words } = session;
    const { wanted, problems, reasonOf } = await readFile(session, file, kind);
    if (problems.length > 0) throw new Refusal('bad-import', { file }, problems);
    const dryRun = options.dryRun === true;
    const format = await makeFormatContext(session);
    const results: (Outcome & { line: number; product: string; shop: string; ref: string; proof?: string })[] = [];
    for (const one of wanted) {
      if (session.signal.aborted) break;
      const outcome = dryRun ? preview(one, kind, format) : await attempt(session, one, kind, reasonOf(one.line));
      const { line, product, ref } = one;
      const proof = kind === 'link' && one.listing !== undefined ? { proof: matchEvidence(one, words) } : {};
      results.push({
        line,
        product: shortName(product, words),
        shop: ref.shopId,
        ref: formatRef(ref),
        ...outcome,
        ...proof,
      });
    }
    const refused = results.filter(({ outcome }) => outcome !== 'done' && outcome !== 'would');
    const code = refused.length === 0 ? exit.ok : exit.findings;
    if (session.format === 'json') {
      out.data(jsonDocument(`${kind}-import`, { file, dryRun, results }));
      return code;
    }
    for (const { line, product, shop, ref, said, proof } of results) {
      const because = proof === undefined ? '' : ` (${proof})`;
      out.say(`${words.cli.line(String(line))}: ${product}, ${shop} ${ref}: ${said}${because}`);
    }
    const counted = [results.length - refused.length, wanted.length].map((value) => number(value, words));
    const [done = '', all = ''] = counted;
    out.note();
    out.note([{ text: dryRun ? words.cli.wouldDoOf(done, all) : words.cli.didOf(done, all), tone: 'strong' }]);
    return code;
  };

/** What the act itself would say. */
const refusal = (
  kind: RefusalKind,
  { product, ref, listing }: Pick<LinkToMake, 'product' | 'ref' | 'listing'>,
  { words, shopName }: FormatContext,
): Outcome => {
  const about = {
    product: shortName(product, words),
    shop: shopName(ref.shopId),
    listing: formatRef(ref),
    says: listing?.shopSays ?? '',
  };
  return { outcome: kind, said: refusalLines({ kind, about, problems: [] }, words).said };
};

/** What would come of a line, by what is stored. */
function preview(wanted: LinkToMake, kind: Kind, format: FormatContext): Outcome {
  const { ref, standing, listing, holder } = wanted;
  const { words } = format;
  if (kind === 'unlink') {
    return standing === undefined
      ? refusal('not-linked', wanted, format)
      : { outcome: 'would', said: words.cli.wouldUnlink };
  }
  if (listing === undefined) return refusal('unknown-listing', wanted, format);
  if (!linkable(listing)) return refusal('not-for-sale', wanted, format);
  if (holder !== undefined) return refusal('already-linked', { ...wanted, product: holder }, format);
  return standing === undefined || sameRef(standing.ref, ref)
    ? { outcome: 'would', said: words.cli.wouldLink }
    : refusal('already-linked', { ...wanted, ref: standing.ref }, format);
}

async function attempt({ services, words }: Session, one: LinkToMake, kind: Kind, reason: string): Promise<Outcome> {
  try {
    if (kind === 'link') await services.integrations.link(one.product.id, one.ref);
    else
      await services.integrations.remove(one.product.id, one.ref.shopId, reason === '' ? words.cli.fromFile : reason);
    return { outcome: 'done', said: words.cli.done };
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'read-only') throw error;
    return { outcome: error.kind, said: refusalLines(error, words).said };
  }
}
