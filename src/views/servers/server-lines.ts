import { type Instant, millisecondsOf, type ShopId } from '../../domain/ids.ts';
import type { ServerOverview } from '../../services/servers/server-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { shopCode } from '../format/refs.ts';
import { age, span } from '../format/times.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

/** What of a server's reports changes what is shown of it. */
export const serverKey = (servers: readonly ServerOverview[]): string =>
  JSON.stringify(servers.map(({ seenAt, ...rest }) => (rest.running ? rest : { ...rest, seenAt })));

const until = (at: Instant, { words, now }: FormatContext): string => {
  const left = millisecondsOf(at) - millisecondsOf(now);
  return left <= 0 ? words.serve.now : words.serve.in(span(Math.max(1000, Math.round(left / 1000) * 1000), words));
};

const placeName = (shopId: ShopId | undefined, words: Words): string =>
  shopId === undefined ? words.serve.warehouse : shopCode(shopId);

/** What is done in a shop now by a server, or when it is next: "changes in 4 min", "full sync, since 2 min". */
export function shopRound(servers: readonly ServerOverview[], shopId: ShopId, format: FormatContext): string {
  const { serve } = format.words;
  const running = servers.filter((server) => server.running);
  const doing = running.flatMap((server) => server.doing).find((one) => one.shopId === shopId);
  if (doing !== undefined) return serve.doing(serve.task[doing.what], age(doing.since, format.now, format.words));
  if (running.some(({ paused }) => paused.includes(shopId))) return serve.paused;
  const [next] = running
    .flatMap((server) => server.next)
    .filter((one) => one.shopId === shopId)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return next === undefined ? '' : `${serve.task[next.what]} ${until(next.at, format)}`;
}

/** The servers for the header, the fullest wording first: where one runs, what it does, what is next; none where none ever ran. */
export function serverBadges(servers: readonly ServerOverview[], format: FormatContext): readonly Piece[] {
  const { words } = format;
  const running = servers.filter((server) => server.running);
  const [first] = running;
  if (first === undefined) {
    const [gone] = servers;
    if (gone === undefined) return [];
    return [{ text: words.serve.badgeGone(gone.machine, age(gone.seenAt, format.now, words)), tone: 'waiting' }];
  }
  const machines = [...new Set(running.map(({ machine }) => machine))].join(', ');
  const [doing] = running.flatMap((server) => server.doing);
  const [next] = running.flatMap((server) => server.next).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const place = (one: { readonly shopId?: ShopId }): string => placeName(one.shopId, words);
  const now = doing === undefined ? '' : `${place(doing)} ${words.serve.task[doing.what]}`;
  const soon = next === undefined ? '' : `${place(next)} ${until(next.at, format)}`;
  const works = now === '' ? soon : now;
  const texts = [
    `${words.serve.badge(machines)}${works === '' ? '' : `: ${works}`}${now !== '' && soon !== '' ? `, ${soon}` : ''}`,
    `${words.serve.badge(machines)}${works === '' ? '' : `: ${works}`}`,
    words.serve.badge(machines),
  ];
  return [...new Set(texts)].map((text) => ({ text, tone: 'quiet' }));
}

/** What the servers do for one shop, for its card: on which machine, now and next; that none runs. */
export function shopServerLine(servers: readonly ServerOverview[], shopId: ShopId, format: FormatContext): string {
  const { serve } = format.words;
  const running = servers.filter((server) => server.running);
  if (running.length === 0) {
    const [gone] = servers;
    return gone === undefined
      ? serve.noServer
      : serve.badgeGone(gone.machine, age(gone.seenAt, format.now, format.words));
  }
  const here = running.find((server) => [...server.doing, ...server.next].some((one) => one.shopId === shopId));
  const round = shopRound(servers, shopId, format);
  return `${serve.badge((here ?? running[0])?.machine ?? '')}: ${round === '' ? serve.notPlanned : round}`;
}
