import { type Instant, later } from '../../../domain/ids.ts';
import type { Mark } from '../../../domain/mark.ts';
import { shortName } from '../../../views/format/format-context.ts';
import { localDate } from '../../../views/format/times.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { parseTime } from '../../options.ts';
import { jsonDocument } from '../../output/json.ts';
import { makeFormatContext, resolveOptionalShop, resolveProduct } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

/** What may be said of a mark. */
export type MarkOptions = {
  readonly shop?: string;
  readonly note?: string;
  readonly until?: string;
  readonly off?: boolean;
};
const usualTickDays = 30;

/** Until when a mark counts: a tick for a month unless said, the others for good unless said. */
const untilOf = (session: Session, kind: Mark['kind'], { until }: MarkOptions): Instant | undefined => {
  const now = session.services.now();
  if (until === undefined) return kind === 'ticked' ? later(now, usualTickDays * 86_400_000) : undefined;
  const at = parseTime(until, now, 'ahead');
  if (at === undefined || at <= now)
    throw new UsageError(session.words.cli.usage.badMoment(until), session.words.cli.tip.moment);
  return at;
};

const answer = async (session: Session, mark: Mark, name: string) => {
  const { out, words, settings } = session;
  if (session.format === 'json') {
    out.data(jsonDocument('mark', { mark }));
    return exit.ok;
  }
  const known = await makeFormatContext(session);
  const where = mark.shopId === undefined ? '' : ` (${known.shopName(mark.shopId)})`;
  const until = mark.until === undefined ? '' : `, ${words.domain.until(localDate(mark.until, settings.timeZone))}`;
  const text = mark.text === undefined ? '' : `: ${mark.text}`;
  out.say(`${name}${where}: ${words.domain.mark[mark.kind]}${until}${text}`);
  return exit.ok;
};

/** Puts a mark of a kind on a product, or takes it off. */
export const putMark =
  (kind: Mark['kind']): CommandHandler<Session, MarkOptions> =>
  async (session, [asked = '', ...rest], options) => {
    const { services, words } = session;
    const product = await resolveProduct(session, asked);
    const shopId = await resolveOptionalShop(session, options.shop);
    const name = shortName(product, words);
    if (options.off === true) {
      await services.marks.remove({ productId: product.id, kind, shopId });
      if (session.format === 'json')
        session.out.data(jsonDocument('unmark', { productId: product.id, shopId, kind: kind }));
      else session.out.say(words.domain.event.unmarked(name, words.domain.mark[kind]));
      return exit.ok;
    }
    const text = options.note ?? (rest.length === 0 ? undefined : rest.join(' '));
    const until = untilOf(session, kind, options);
    const mark = await services.marks.add({
      productId: product.id,
      kind,
      shopId,
      text,
      until,
    });
    return answer(session, mark, name);
  };
