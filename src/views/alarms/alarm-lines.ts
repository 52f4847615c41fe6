import type { Condition } from '../../domain/alarms/alarm.ts';
import type { ShopTrouble } from '../../domain/shop.ts';
import { quotedReason } from '../errors/shop-reason.ts';
import { troubleWord } from '../errors/trouble-word.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { localDate, localTime } from '../format/times.ts';
import { patternLine } from '../patterns/pattern-lines.ts';
import { clean } from '../text/cell-text.ts';
import type { Language, Words } from '../words/words.ts';

/** What an alarm says: one line, on which a person can act. */
export type AlarmLine = { readonly sentence: string; readonly repair: string; readonly why?: string };

/** The command that shows or mends it, as it is typed. */
function repairOf(condition: Condition): string {
  if (condition.kind === 'warehouse-old') return 'bindeled warehouse test';
  if (condition.kind === 'store-trouble') return 'bindeled store check';
  const { shopId } = condition;
  switch (condition.kind) {
    case 'links-lost':
      return condition.pattern.because === 'inactive-in-shop'
        ? `bindeled list ${shopId} --filter missing`
        : `bindeled patterns --shop ${shopId}`;
    case 'conflicts':
      return `bindeled conflicts --shop ${shopId}`;
    case 'stock-differs':
      return `bindeled push --dry-run --shop ${shopId}`;
    case 'pushes-held':
      return `bindeled push --held --shop ${shopId}`;
    case 'removals-held':
      return `bindeled sync ${shopId} --full`;
    case 'connection-lost':
      return `bindeled shops test ${shopId}`;
    case 'webhook-silent':
      return `bindeled webhooks list ${shopId}`;
    default:
      return condition satisfies never;
  }
}

/** A trouble, or how a shop is, in words; what an older or a newer version kept, as it stands. */
function conditionWord(trouble: Pick<ShopTrouble, 'kind' | 'reason'>, words: Words): string {
  const health: Readonly<Record<string, string>> = words.domain.health;
  const { kind } = trouble;
  return troubleWord(trouble, words) ?? (Object.hasOwn(health, kind) ? health[kind] : undefined) ?? kind;
}

/** Why a shop is not read, as the condition keeps it: the kind of trouble and what was said, or how the shop is. */
function lostReason({ said: kept, trouble }: { said: string; trouble?: ShopTrouble }, words: Words): string {
  const [, oldKind = kept, oldSaid] = /^([a-z-]+): (.*)$/s.exec(kept) ?? [];
  const { kind, said, saidBy } = trouble ?? { kind: oldKind, said: oldSaid };
  const what = conditionWord({ kind, reason: trouble?.reason }, words);
  return said === undefined ? what : `${what}: ${quotedReason({ said, saidBy }, words)}`;
}

function sentenceOf(condition: Condition, format: FormatContext): string {
  const { words } = format;
  const say = words.serve.alarm;
  if (condition.kind === 'warehouse-old') {
    const { since, said } = condition;
    return say['warehouse-old'](
      localTime(since, format.timeZone),
      said === undefined ? '' : `: ${conditionWord({ kind: said }, words)}`,
    );
  }
  if (condition.kind === 'store-trouble') {
    return say['store-trouble'](condition.machine, localTime(condition.since, format.timeZone), condition.said);
  }
  const shop = format.shopName(condition.shopId);
  // A moment, not an age: it is read when it is read.
  const since = localTime(condition.since, format.timeZone);
  switch (condition.kind) {
    case 'links-lost':
      return say['links-lost'](shop, patternLine(condition.pattern, format).sentence);
    case 'conflicts':
      return say.conflicts(shop, words.domain.conflicts(number(condition.count, words)));
    case 'stock-differs':
      return say['stock-differs'](shop, words.domain.products(number(condition.count, words)), since);
    case 'pushes-held':
      return say['pushes-held'](shop, words.domain.products(number(condition.count, words)));
    case 'removals-held':
      return say['removals-held'](shop, words.domain.integrations(number(condition.count, words)));
    case 'connection-lost':
      return say['connection-lost'](shop, lostReason(condition, words), since);
    case 'webhook-silent':
      return say['webhook-silent'](shop, since);
    default:
      return condition satisfies never;
  }
}

/** A condition in words, with the repair to type. */
export const alarmLine = (condition: Condition, format: FormatContext, language: Language): AlarmLine => ({
  // It goes where nothing cleans it: into mail, chats and the environment of a command.
  sentence: clean(sentenceOf(condition, format)),
  repair: repairOf(condition),
  why: condition.kind === 'webhook-silent' ? condition.why[language] : undefined,
});

/** A message as every way of telling takes it. */
export type MessageText = { readonly subject: string; readonly text: string };

/** All that is new, in one message. */
export function raisedMessage(lines: readonly AlarmLine[], { words }: FormatContext): MessageText {
  const paragraphs = lines.map(({ sentence, repair, why }) =>
    [sentence, ...(why === undefined ? [] : [`  ${why}`]), `  ${words.serve.repair(repair)}`].join('\n'),
  );
  const [only, another] = lines;
  const alone = only !== undefined && another === undefined;
  return {
    subject: alone ? `Bindeled: ${only.sentence}` : words.serve.alarmSubject(number(lines.length, words)),
    text: paragraphs.join('\n\n'),
  };
}

/** All that is over, in one message. */
export const solvedMessage = (lines: readonly AlarmLine[], { words }: FormatContext): MessageText => ({
  subject: words.serve.solvedSubject,
  text: lines.map(({ sentence }) => words.serve.solved(sentence)).join('\n'),
});

/** What a day came to. */
export type DigestFacts = {
  readonly created: number;
  readonly removed: number;
  readonly sent: number;
  readonly refused: number;
  readonly conflicts: number;
  readonly troubled: readonly string[];
  readonly open: readonly AlarmLine[];
};

/** The daily digest. */
export function digestMessage(facts: DigestFacts, { words, now, timeZone }: FormatContext): MessageText {
  const { serve } = words;
  const say = serve.digest;
  const day = localDate(now, timeZone);
  const figure = (count: number): string => number(count, words);
  const open = facts.open.map(({ sentence, repair }) => `  ${sentence}\n    ${serve.repair(repair)}`);
  return {
    subject: serve.digestSubject(day),
    text: [
      serve.digestLead(day),
      '',
      say.created(figure(facts.created)),
      say.removed(figure(facts.removed)),
      say.sent(figure(facts.sent)),
      say.refused(figure(facts.refused)),
      say.conflicts(figure(facts.conflicts)),
      facts.troubled.length === 0 ? say.calm : say.troubled(clean(facts.troubled.join(', '))),
      ...(open.length === 0 ? [] : ['', say.open, ...open]),
    ].join('\n'),
  };
}
