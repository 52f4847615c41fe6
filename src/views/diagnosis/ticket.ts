import type { Evidence, Finding } from '../../domain/diagnosis/diagnosis.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { shownGtin } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { Place, ProductCard } from '../../services/lookup/lookup-service.ts';
import { type FormatContext, longName } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { exactLocalTime, localTime, utcTime } from '../format/times.ts';
import { eventLine } from '../history/event-lines.ts';
import { clean } from '../text/cell-text.ts';
import type { Words } from '../words/words.ts';
import { causeLabel, findingSentence } from './cause-words.ts';
import { adviceSentence, certaintyWord, diagnosisHeadline, factSentence } from './diagnosis-lines.ts';
import { noteParts } from './link-note-lines.ts';
import { linkedShare, shopStateLine } from './shop-state-lines.ts';
import { staleAdvice } from './stale-advice.ts';

/** What a ticket is made of: a product's card with fresh diagnoses, and its last events, newest first. */
export type TicketFacts = { readonly card: ProductCard; readonly events: readonly StoredEvent[] };

// What came from a shop may hold Markdown or HTML: it is shown, never obeyed.
const safe = (text: string): string => clean(text).replace(/[\\`*_{}[\]<>|#]/g, '\\$&');

const row = (cells: readonly string[]): string => `| ${cells.map(safe).join(' | ')} |`;
const head = (cells: readonly string[]): readonly string[] => [row(cells), `|${' --- |'.repeat(cells.length)}`];

/** A product's case in Markdown, to paste into a mail or a ticket: ids, evidence, times in UTC and local. No secrets. */
export function ticket({ card, events }: TicketFacts, format: FormatContext): string {
  const { words, now, timeZone } = format;
  const said = words.domain.ticket;
  return [
    `# ${safe(said.title(longName(card.product, words)))}`,
    '',
    said.made(utcTime(now), exactLocalTime(now, timeZone)),
    '',
    ...productPart(card, words),
    '',
    `## ${said.shops}: ${linkedShare(card.linked, card.expected, words)}`,
    '',
    ...placesPart(card, format),
    ...card.places.flatMap((place) => whyPart(place, format)),
    ...marksPart(card, format),
    '',
    `## ${said.history}`,
    '',
    ...historyPart(events, format),
    '',
  ].join('\n');
}

const idLine = (product: Product, words: Words): string => {
  const parts = [
    `${words.domain.itemNumber} ${product.sku ?? words.domain.none}`,
    `EAN ${product.gtin === undefined ? words.domain.none : shownGtin(product.gtin)}`,
    `${words.domain.ticket.ourId} ${product.id}`,
  ];
  return parts.join(', ');
};

const productPart = ({ product, available }: ProductCard, words: Words): readonly string[] => {
  const said = words.domain.ticket;
  const { onHand, reserved, at } = product.stock;
  const sum = said.stockSum(number(onHand, words), number(reserved, words), number(available, words));
  return [
    `- **${said.name}:** ${safe(product.content.name)}`,
    `- **${said.ids}:** ${safe(idLine(product, words))}`,
    `- **${said.stock}:** ${sum}${at === undefined ? '' : ` (${utcTime(at)})`}`,
  ];
};

const placesPart = ({ product, places }: ProductCard, format: FormatContext): readonly string[] => {
  const { words } = format;
  const said = words.domain.ticket;
  const columns = [said.shop, words.domain.shopProductId, said.state, said.lastSent, said.shopHas, said.seen];
  return [
    ...head(columns),
    ...places.map((place) => {
      const line = shopStateLine(place, product, format);
      const seen = place.listing === undefined ? '-' : utcTime(place.listing.seenAt);
      const state = line.shopSays === '' ? line.word : `${line.word} ("${line.shopSays}")`;
      return row([line.shop, line.ref || '-', state, line.lastSent || '-', line.shopHas || '-', seen]);
    }),
  ];
};

const whyPart = ({ shop, diagnosis, expected }: Place, format: FormatContext): readonly string[] => {
  const { words } = format;
  if (diagnosis.verdict === 'integrated' && diagnosis.stale === undefined && diagnosis.notes === undefined) return [];
  if (!expected && diagnosis.verdict === 'not-integrated') return [];
  const title = ['', `### ${words.domain.ticket.why}: ${safe(shop.name)}`, ''];
  if (diagnosis.verdict === 'integrated')
    return [
      ...title,
      safe(diagnosisHeadline(diagnosis, format)),
      ...nextItem('', staleAdvice(diagnosis, words), words),
      ...noteParts(diagnosis, format).flatMap(({ said, advice }) => [
        `- ${safe(said)}`,
        ...nextItem('  ', advice, words),
      ]),
    ];
  const open = diagnosis.findings.filter(({ certainty }) => certainty !== 'ruled-out');
  return [
    ...title,
    ...open.flatMap((finding) => [
      `- **${certaintyWord(finding.certainty, words)}:** ${safe(findingSentence(finding, words))}`,
      ...finding.evidence.map((fact) => `  - + ${safe(datedFact(fact, format))}`),
      ...finding.against.map((fact) => `  - - ${safe(datedFact(fact, format))}`),
      `  - ${words.domain.next}: ${safe(adviceSentence(finding.next, words))}`,
    ]),
    ...ruledOutPart(diagnosis.findings, format),
  ];
};

const nextItem = (margin: string, advice: string, words: Words): readonly string[] =>
  advice === '' ? [] : [`${margin}- ${words.domain.next}: ${safe(advice)}`];

/** A fact with its moment, not its age: a ticket is read tomorrow. */
const datedFact = (fact: Evidence, format: FormatContext): string =>
  fact.at === undefined
    ? factSentence(fact, format)
    : `${factSentence(fact, format)} (${utcTime(fact.at)}, ${localTime(fact.at, format.timeZone)} ${format.words.domain.ticket.localShort})`;

/** What is out, the causes with one and the same reason in a line of their own. */
const ruledOutPart = (findings: readonly Finding[], format: FormatContext): readonly string[] => {
  const { words } = format;
  const out = findings.filter(({ certainty, cause }) => certainty === 'ruled-out' && cause !== 'unknown');
  const byReason = Map.groupBy(out, ({ against: [fact] }) => (fact === undefined ? '' : datedFact(fact, format)));
  return [...byReason].map(([reason, alike]) => {
    const causes = alike.map(({ cause }) => causeLabel(cause, words)).join(', ');
    return `- **${certaintyWord('ruled-out', words)}:** ${safe(reason === '' ? causes : `${causes}: ${reason}`)}`;
  });
};

const marksPart = ({ marks }: ProductCard, format: FormatContext): readonly string[] => {
  const { words } = format;
  if (marks.length === 0) return [];
  return [
    '',
    `## ${words.domain.ticket.marks}`,
    '',
    ...marks.map((mark) => {
      const where = mark.shopId === undefined ? '' : `, ${format.shopName(mark.shopId)}`;
      const text = mark.text === undefined ? '' : `: ${mark.text}`;
      return `- ${safe(`${words.domain.mark[mark.kind]}${where}, ${mark.by}, ${utcTime(mark.at)}${text}`)}`;
    }),
  ];
};

const historyPart = (events: readonly StoredEvent[], format: FormatContext): readonly string[] => {
  const said = format.words.domain.ticket;
  if (events.length === 0) return [said.nothing];
  return [
    ...head([said.time, said.local, said.shop, said.who, said.event]),
    ...events.map((event) => {
      const line = eventLine(event, format);
      return row([utcTime(event.at), localTime(event.at, format.timeZone), line.shop, line.who, line.sentence]);
    }),
  ];
};
