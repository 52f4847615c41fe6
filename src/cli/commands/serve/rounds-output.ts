import type { ServerStatus } from '../../../server/server.ts';
import { localTime } from '../../../views/format/times.ts';
import type { Session } from '../../command-context.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext } from '../../resolve-arguments.ts';

type Row = ServerStatus['rounds'][number];

/** What is read now and next, shop by shop. */
export async function printRounds(session: Session, status: ServerStatus): Promise<void> {
  const { words, settings } = session;
  const { serve } = words;
  const known = await makeFormatContext(session);
  const time = (at: NonNullable<Row['underWay']>): string => localTime(at, settings.timeZone);
  const columns: readonly ListColumn<Row>[] = [
    { id: 'shop', title: words.cli.title.shop, rank: 0, min: 4, max: 24, text: ({ shopId }) => known.shopName(shopId) },
    {
      id: 'doing',
      title: serve.title.doing,
      rank: 1,
      min: 8,
      max: 32,
      text: ({ underWay }) => (underWay === undefined ? serve.idle : serve.reading(time(underWay))),
    },
    {
      id: 'next',
      title: serve.title.next,
      rank: 0,
      min: 12,
      text: ({ next }) => (next === undefined ? serve.notPlanned : `${time(next.at)} ${serve.kind[next.kind]}`),
    },
  ];
  await printList(session, {
    kind: 'serve-status',
    columns,
    rows: status.rounds,
    content: { status },
    empty: words.cli.noRows,
  });
}
