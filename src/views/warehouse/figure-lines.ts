import type { PushRow } from '../../domain/push-plan.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import type { ProductCard } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { age } from '../format/times.ts';
import type { Words } from '../words/words.ts';

type Format = Pick<FormatContext, 'words' | 'now'>;

/** Where a figure comes from and how old it is: "PeakWMS, 2 min"; nothing for one that was typed here. */
export function figureOrigin({ figure }: Pick<ProductCard, 'figure'>, { words, now }: Format): string {
  if (figure.source === undefined) return '';
  const label = figure.label === undefined ? figure.source : words.warehouse.label(figure.label);
  const described = [label, ...(figure.at === undefined ? [] : [age(figure.at, now, words)])].join(', ');
  if (figure.goneAt !== undefined) return `${described}, ${words.warehouse.goneSince(age(figure.goneAt, now, words))}`;
  if (figure.sharedAt !== undefined)
    return `${described}, ${words.warehouse.sharedSince(age(figure.sharedAt, now, words))}`;
  return figure.isTooOld ? `${described}, ${words.warehouse.tooOld}` : described;
}

/**
 * What the warehouse says of a product, and which shop product it knows it as, with the shops where that is so: evidence
 * for where it came from. Nothing where the figure is our own.
 */
export function warehouseSays(card: ProductCard, format: FormatContext): readonly string[] {
  const { product, figure, places } = card;
  const { words, now } = format;
  if (figure.source === undefined) return [];
  const label = figure.label === undefined ? figure.source : words.warehouse.label(figure.label);
  const when = figure.at === undefined ? words.warehouse.never : age(figure.at, now, words);
  const of = { label, figure: number(card.available, words), age: when };
  const { goneAt, sharedAt } = figure;
  const told =
    goneAt === undefined
      ? words.warehouse.says(of)
      : words.warehouse.hasNoMore({ ...of, since: age(goneAt, now, words) });
  const says = sharedAt === undefined ? told : `${told}, ${words.warehouse.sharedSince(age(sharedAt, now, words))}`;
  const { hostProductId: id, hostVariantId: variant } = product.warehouse ?? {};
  if (id === undefined) return [says];
  const isSame = (ref: { readonly shopProductId: string; readonly shopVariantId?: string } | undefined): boolean =>
    ref?.shopProductId === id && (variant === undefined || ref.shopVariantId === variant);
  const shops = places.filter(({ integration }) => isSame(integration?.ref)).map(({ shop }) => shop.name);
  const hostId = variant === undefined ? id : `${id}/${variant}`;
  return [`${says}, ${words.warehouse.knowsAs(hostId, shops.join(', '))}`];
}

/** What lies at one location: "A1: 10 on hand, 9 available". */
export const partLine = ({ location, onHand, available }: LocationStock, words: Words): string =>
  `${location}: ${number(onHand, words)} ${words.domain.onHand}, ${words.domain.availableFigure(number(available, words))}`;

/** The sum of the locations that a shop is mapped to: "6 at A-*"; nothing where it sells all there is. */
export const mappedSum = (
  { locations = [], atLocations }: Pick<PushRow, 'locations' | 'atLocations'>,
  words: Words,
): string =>
  locations.length === 0
    ? ''
    : words.warehouse.atLocations(atLocations === undefined ? '?' : number(atLocations, words), locations.join(', '));

/** Where the figure of a planned row comes from and how old it was: "PeakWMS, 2 min"; nothing for one that was typed here. */
export const rowOrigin = (
  { source, figureAt }: Pick<PushRow, 'source' | 'figureAt'>,
  { words, now, sourceName }: Pick<FormatContext, 'words' | 'now' | 'sourceName'>,
): string =>
  source === undefined
    ? ''
    : [sourceName(source), ...(figureAt === undefined ? [] : [age(figureAt, now, words)])].join(', ');
