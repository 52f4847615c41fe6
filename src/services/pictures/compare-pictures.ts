import PQueue from 'p-queue';
import type { ProductId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { PictureRead } from '../../ports/picture-reader.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { product as cardOf } from '../lookup/product-card.ts';
import type { PictureComparison, PictureService } from './picture-service.ts';

/** What was fetched, by address, for as long as the program runs. */
export type PictureCache = Map<string, PictureRead>;

/** So many are remembered; the oldest goes first. */
const maxKept = 500;

/** Compares the pictures of a product, a few at a time. A shop that is paused is not asked. */
export async function comparePictures(
  deps: ServiceDependencies,
  kept: PictureCache,
  productId: ProductId,
  { signal, onCompared }: Parameters<PictureService['compare']>[1],
): Promise<void> {
  const { pictures } = deps;
  if (pictures === undefined) return;
  const card = await cardOf(deps, productId);
  const own = card?.product.content.imageUrl;
  if (card === undefined || own === undefined || own === '') return;
  const queue = new PQueue({ concurrency: deps.tuning.shopsAtOnce });

  const read = (url: string, shop: Shop): Promise<PictureRead> =>
    queue.add(async () => {
      signal.throwIfAborted();
      const known = kept.get(url);
      if (known !== undefined) return known;
      const found = await pictures.read({ url, shop }, signal);
      // What failed may go well the next time.
      if (found.kind === 'read') keep(kept, url, found);
      return found;
    });
  // Ours was taken over from one of the shops: there it may be fetched, and nowhere else.
  let ours: Promise<PictureRead> | undefined;
  const readOurs = (): Promise<PictureRead> => {
    const home = homeOf(own, { places: card.places.filter(({ shop }) => !shop.paused) });
    ours ??= home === undefined ? Promise.resolve({ kind: 'not-read', why: 'another-host' }) : read(own, home);
    return ours;
  };

  await Promise.all(
    card.places.map(async ({ shop, listing }) => {
      const url = listing?.content.imageUrl;
      if (url === undefined || url === '' || shop.paused) return;
      if (url === own) onCompared(shop.id, { kind: 'same-address' });
      else onCompared(shop.id, compared(...(await Promise.all([readOurs(), read(url, shop)]))));
    }),
  );
}

/** The shop at whose address a picture lies, or else any: nobody is asked for what lies elsewhere. */
export const homeOf = (url: string, { places }: { readonly places: readonly { readonly shop: Shop }[] }) =>
  (places.find(({ shop }) => isAt(url, shop.url)) ?? places[0])?.shop;

const isAt = (url: string, shopUrl: string): boolean =>
  URL.canParse(url) && URL.canParse(shopUrl) && new URL(url).host === new URL(shopUrl).host;

function compared(ours: PictureRead, theirs: PictureRead): PictureComparison {
  if (theirs.kind === 'not-read') return { kind: 'not-fetched', why: theirs.why };
  if (ours.kind === 'not-read') return { kind: 'ours-not-fetched', why: ours.why };
  return { kind: ours.hash === theirs.hash ? 'same' : 'other' };
}

function keep(kept: PictureCache, url: string, found: PictureRead): void {
  kept.set(url, found);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
}
