import type { Conflict, ConflictChoice, ConflictKind, MatchedBy, Translation } from '../../domain/conflict.ts';
import { shownGtin } from '../../domain/ids.ts';
import type { ChoiceEffect, ConflictCard, Contender } from '../../services/conflicts/conflict-service.ts';
import { type FormatContext, longName } from '../format/format-context.ts';
import { languageName } from '../format/languages.ts';
import { formatRef } from '../format/refs.ts';
import { ago, shortDate } from '../format/times.ts';
import type { Words } from '../words/words.ts';

/** A kind of conflict in a few words, for a table cell. */
export const conflictKindLabel = (kind: ConflictKind, words: Words): string => words.domain.conflictKind[kind];

type Naming = Pick<FormatContext, 'words' | 'productName'>;

/** What is at odds, in a sentence that names both contenders, and that the one is a translation where the shop says so. */
export function conflictSentence(conflict: Conflict, format: Naming, translation?: Translation): string {
  const sentence = contenderSentence(conflict, format);
  if (translation === undefined) return sentence;
  const { words } = format;
  const language = languageName(translation.language, words);
  return `${sentence} ${words.domain.conflictSentences.translation(language, formatRef(translation.of))}`;
}

function contenderSentence(conflict: Conflict, { words, productName }: Naming): string {
  const said = words.domain.conflictSentences;
  const ref = formatRef(conflict.ref);
  switch (conflict.kind) {
    case 'shop-id-taken':
      return said.shopIdTaken(ref, productName(conflict.holder), productName(conflict.claimant));
    case 'sku-changed':
      return said.skuChanged(ref, productName(conflict.holder), conflict.was ?? words.domain.none, conflict.sku);
    case 'product-taken':
      return takenSentence(conflict.by, words)(ref, productName(conflict.product), formatRef(conflict.other));
    case 'ambiguous':
      return said.ambiguous(ref, conflict.candidates.map(productName).join(', '));
    default:
      return conflict satisfies never;
  }
}

/** What says that two listings are one product: only an item number is said to be one. */
const takenSentence = (by: MatchedBy | undefined, { domain: { conflictSentences: said } }: Words) =>
  by === 'sku' || by === 'gtin' ? said.productTaken[by] : said.productTaken.other;

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

/** By what the shop calls it, where that is known: two listings of one product would else bear one name. */
export const contenderName = ({ listing, product }: Contender, words: Words): string => {
  if (listing === undefined) return product === undefined ? words.domain.unknown : longName(product, words);
  const number = listing.sku ?? product?.sku;
  return number === undefined ? listing.content.name : `${number}  ${listing.content.name}`;
};

/** One side of a conflict in words. */
export function contenderLines(contender: Contender, format: FormatContext): ContenderLines {
  const { words, now } = format;
  const { domain } = words;
  const { listing, sale } = contender;
  const facts: string[] = [];
  if (listing !== undefined) {
    facts.push(`${domain.shopProductId} ${formatRef(listing.ref)}`);
    facts.push(`${domain.activity[listing.activity]} ("${listing.shopSays}"), ${ago(listing.seenAt, now, words)}`);
    // Where it has one, the shop's own item number stands in the name above these.
    if (listing.sku === undefined) facts.push(domain.shopCalls(`${domain.noItemNumber} ${listing.content.name}`));
    if (listing.gtin !== undefined) facts.push(`EAN ${shownGtin(listing.gtin)}`);
  }
  if (contender.since !== undefined) facts.push(domain.since(shortDate(contender.since, format)));
  if (contender.first) facts.push(domain.linkedFirst);
  if (sale !== undefined) facts.push(words.domain.lastSaleWas(ago(sale.at, now, words)));
  return {
    role: domain.contender[contender.role],
    name: contenderName(contender, words),
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
    sentence: conflictSentence(conflict, known, card.translation),
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
