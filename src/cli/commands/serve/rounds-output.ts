import type { ServerReport } from '../../../domain/servers/server-report.ts';
import { localTime } from '../../../views/format/times.ts';
import type { Session } from '../../command-context.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext } from '../../resolve-arguments.ts';
import { type ServerRow, serverRows } from './server-rows.ts';

/** What is done now and next, server by server and shop by shop. `content` is what JSON holds. */
export async function printRounds(session: Session, reports: readonly ServerReport[], content: object): Promise<void> {
  const { words, settings } = session;
  const { serve } = words;
  const known = await makeFormatContext(session);
  const shops = (await session.services.shops.all()).map(({ id }) => id);
  const time = (at: NonNullable<ServerRow['doing']>['since']): string => localTime(at, settings.timeZone);
  const nextOf = ({ next, paused }: ServerRow): string => {
    if (paused) return serve.paused;
    return next === undefined ? serve.notPlanned : `${time(next.at)} ${serve.task[next.what]}`;
  };
  const columns: readonly ListColumn<ServerRow>[] = [
    {
      id: 'shop',
      title: words.cli.title.shop,
      rank: 0,
      min: 4,
      max: 24,
      text: ({ shopId }) => (shopId === undefined ? serve.warehouse : known.shopName(shopId)),
    },
    {
      id: 'doing',
      title: serve.title.doing,
      rank: 1,
      min: 8,
      max: 40,
      text: ({ doing }) => (doing === undefined ? serve.idle : serve.doing(serve.task[doing.what], time(doing.since))),
    },
    {
      id: 'next',
      title: serve.title.next,
      rank: 0,
      min: 12,
      text: (row) => (row.doing === undefined ? nextOf(row) : ''),
    },
    { id: 'machine', title: serve.title.machine, rank: 2, min: 6, max: 24, text: ({ machine }) => machine },
  ];
  const rows = reports.flatMap((report) => serverRows(report, shops));
  await printList(session, { kind: 'serve-status', columns, rows, content, empty: words.cli.noRows });
}
