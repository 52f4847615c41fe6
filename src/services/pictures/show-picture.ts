import type { PictureRead } from '../../ports/picture-reader.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { product as cardOf } from '../lookup/product-card.ts';
import { homeOf } from './compare-pictures.ts';
import type { PictureService, ShownPicture } from './picture-service.ts';

/** Pictures to look at, by address: a few, since each may be a megabyte. */
export type ShownPictures = Map<string, ShownPicture>;

const maxKept = 12;
/** Bytes of a picture that is drawn at most: it has to go through the person's line too. */
const maxShownBytes = 1024 * 1024;

/** Fetches one picture to look at; nothing where there is none, its shop is paused, or it could not be fetched. */
export async function showPicture(
  deps: ServiceDependencies,
  kept: ShownPictures,
  { productId, shopId, signal }: Parameters<PictureService['show']>[0],
): Promise<ShownPicture | undefined> {
  const card = deps.pictures === undefined ? undefined : await cardOf(deps, productId);
  if (card === undefined) return undefined;
  const place = card.places.find(({ shop }) => shop.id === shopId);
  const url = shopId === undefined ? card.product.content.imageUrl : place?.listing?.content.imageUrl;
  if (url === undefined || url === '') return undefined;
  const shop = shopId === undefined ? homeOf(url, card) : place?.shop;
  if (shop === undefined || shop.paused) return undefined;
  const known = kept.get(url);
  if (known !== undefined) return known;
  const found = await deps.pictures?.read({ url, shop, contentUpTo: maxShownBytes }, signal);
  const shown = asShown(found);
  if (shown !== undefined) keep(kept, url, shown);
  return shown;
}

const asShown = (found: PictureRead | undefined): ShownPicture | undefined =>
  found?.kind === 'read' && found.content !== undefined ? { format: found.format, content: found.content } : undefined;

function keep(kept: ShownPictures, url: string, shown: ShownPicture): void {
  kept.set(url, shown);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
}
