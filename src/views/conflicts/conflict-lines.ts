import type { Conflict, ConflictChoice, ConflictKind } from '../../domain/conflict.ts';
import type { ChoiceEffect, ConflictCard, Contender } from '../../services/conflicts/conflict-service.ts';
import { type FormatContext, longName } from '../format/format-context.ts';
import { formatRef } from '../format/refs.ts';
import { ago, localDate } from '../format/times.ts';
import type { Words } from '../words/words.ts';

/** A kind of conflict in a few words, for a table cell. */
export const conflictKindLabel = (kind: ConflictKind, words: Words): string => words.domain.conflictKind[kind];

/** What is at odds, as one sentence that names both contenders. */
export function conflictSentence(conflict: Conflict, format: FormatContext): string {
  const { words, productName } = format;
  const said = words.domain.conflictSentences;
  const ref = formatRef(conflict.ref);
  switch (conflict.kind) {
    case 'shop-id-taken':
      return said.shopIdTaken(ref, productName(conflict.holder), productName(conflict.claimant));
    case 'sku-changed':
      return said.skuChanged(ref, productName(conflict.holder), conflict.was ?? words.domain.none, conflict.sku);
    case 'product-taken':
      return said.productTaken(ref, productName(conflict.product), formatRef(conflict.other));
    case 'ambiguous':
      return said.ambiguous(ref, conflict.candidates.map(productName).join(', '));
    default:
      return conflict satisfies never;
  }
}

/** A choice in a few words. */
export const choiceLabel = (choice: ConflictChoice, words: Words): string => words.domain.choice[choice];

/** What a choice would do, as one sentence. */
export function choiceSentence(effect: ChoiceEffect, conflict: Conflict, format: FormatContext): string {
  const { words, productName } = format;
  const said = words.domain.choiceEffect;
  const [loses, gets] = [effect.removes, effect.links];
  switch (effect.choice) {
    case 'keep':
      return said.keep(formatRef(conflict.ref));
    case 'not-the-same':
      return said.notTheSame(formatRef(conflict.ref));
    case 'accept-rename':
      return effect.renames === undefined ? '' : said.renames(productName(effect.renames.productId), effect.renames.to);
    case 'move-the-link':
      // Two listings of one product: nobody loses, the link only moves.
      if (loses !== undefined && loses === gets) return said.movesTo(productName(gets), formatRef(conflict.ref));
      if (loses !== undefined && gets !== undefined) return said.moves(productName(loses), productName(gets));
      if (gets !== undefined) return said.links(productName(gets));
      return loses === undefined ? '' : said.removes(productName(loses));
    default:
      return effect.choice satisfies never;
  }
}

/** One contender made ready to draw. */
export type ContenderLines = {
  readonly role: string;
  readonly name: string;
  readonly first: boolean;
  /** What is known of it, one fact a line: id, activity, since when, last sale. */
  readonly facts: readonly string[];
};

/** One side of a conflict in words. */
export function contenderLines(contender: Contender, format: FormatContext): ContenderLines {
  const { words, now, timeZone } = format;
  const { domain } = words;
  const { listing, product, sale } = contender;
  const facts: string[] = [];
  if (listing !== undefined) {
    facts.push(`${domain.shopProductId} ${formatRef(listing.ref)}`);
    facts.push(`${domain.activity[listing.activity]} ("${listing.shopSays}"), ${ago(listing.seenAt, now, words)}`);
    if (listing.sku !== undefined && listing.sku !== product?.sku) facts.push(`${domain.itemNumber} ${listing.sku}`);
  }
  if (contender.since !== undefined) facts.push(domain.since(localDate(contender.since, timeZone)));
  if (contender.first) facts.push(domain.linkedFirst);
  if (sale !== undefined) facts.push(words.domain.lastSaleWas(ago(sale.at, now, words)));
  return {
    role: domain.contender[contender.role],
    name: product === undefined ? (listing?.content.name ?? domain.unknown) : longName(product, words),
    first: contender.first,
    facts,
  };
}

/** A whole conflict made ready to draw: the sentence, both sides, what each choice does. */
export type ConflictLines = {
  readonly kind: string;
  readonly shop: string;
  readonly ref: string;
  readonly sentence: string;
  readonly since: string;
  readonly contenders: readonly ContenderLines[];
  readonly choices: readonly { readonly choice: ConflictChoice; readonly label: string; readonly does: string }[];
};

/** A conflict card in words. */
export function conflictLines(card: ConflictCard, format: FormatContext): ConflictLines {
  const { words } = format;
  const { conflict } = card;
  const known = withContenders(card, format);
  return {
    kind: conflictKindLabel(conflict.kind, words),
    shop: card.shop.name,
    ref: formatRef(conflict.ref),
    sentence: conflictSentence(conflict, known),
    since: ago(conflict.since, format.now, words),
    contenders: card.contenders.map((contender) => contenderLines(contender, known)),
    choices: card.choices.map((effect) => ({
      choice: effect.choice,
      label: choiceLabel(effect.choice, words),
      does: choiceSentence(effect, conflict, known),
    })),
  };
}

// The card brings its contenders along, so their names are known whatever the telling knows.
const withContenders = (card: ConflictCard, format: FormatContext): FormatContext => {
  const names = new Map(
    card.contenders.flatMap(({ product }) =>
      product === undefined ? [] : [[product.id, product.sku ?? product.content.name] as const],
    ),
  );
  return { ...format, productName: (id) => names.get(id) ?? format.productName(id) };
};
