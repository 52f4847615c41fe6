import type { ProductId, ShopId } from '../../../domain/ids.ts';
import { millisecondsOf } from '../../../domain/ids.ts';
import { type EventLine, eventLine } from '../../../views/history/event-lines.ts';
import type { Words } from '../../../views/words/words.ts';
import type { Session } from '../../command-context.ts';
import { listOptions, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { parseTime } from '../../options.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext, productsInEvents } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

/** Which events are wanted. */
export type EventOptions = {
  readonly shop?: string;
  readonly limit?: number;
  readonly errors?: boolean;
  readonly since?: string;
  readonly before?: number;
};

const columns = (words: Words): readonly ListColumn<EventLine>[] => {
  const { title } = words.cli;
  return [
    {
      id: 'seq',
      title: title.number,
      rank: 4,
      min: 3,
      max: 8,
      align: 'right',
      text: (line) => String(line.seq),
      value: (line) => line.seq,
    },
    { id: 'time', title: title.time, rank: 1, min: 16, max: 16, text: (line) => line.local },
    { id: 'shop', title: title.shop, rank: 2, min: 4, max: 20, text: (line) => line.shop },
    { id: 'who', title: title.who, rank: 3, min: 4, max: 14, text: (line) => line.who },
    { id: 'what', title: title.event, rank: 0, min: 20, text: (line) => line.sentence, tone: (line) => line.tone },
  ];
};

type Query = { readonly productId?: ProductId; readonly shopId?: ShopId };

/** Answers with the events of a product, of a shop, or all. */
export const printEvents = async (session: Session, query: Query, options: EventOptions) => {
  const { services, words } = session;
  const since = options.since === undefined ? undefined : parseTime(options.since, services.now(), 'back');
  if (options.since !== undefined && since === undefined)
    throw new UsageError(words.cli.usage.badMoment(options.since), words.cli.tip.moment);
  const found = await services.history.list({
    ...query,
    limit: options.limit ?? 50,
    ...(options.errors === true ? { errorsOnly: true } : {}),
    before: options.before,
  });
  const events =
    since === undefined ? found : found.filter((event) => millisecondsOf(event.at) >= millisecondsOf(since));
  const needsNames = session.format !== 'json';
  const known = await makeFormatContext(session, needsNames ? await productsInEvents(session, events) : []);
  await printList(session, {
    kind: 'events',
    columns: columns(words),
    rows: needsNames ? events.map((event) => eventLine(event, known)) : [],
    content: { events },
    empty: words.domain.ticket.nothing,
  });
  return exit.ok;
};

/** The options of the commands that answer with events. */
export const eventOptions = [
  shopOption(),
  { flags: '--since <moment>', help: 'since' },
  { flags: '--before <number>', help: 'before', wholeNumberFrom: 0 },
  { flags: '--limit <number>', help: 'limit', wholeNumberFrom: 1 },
  ...listOptions,
] as const;
