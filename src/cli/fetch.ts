import { type Cause, causes } from '../domain/diagnosis.ts';
import type { FetchResult } from '../services/services.ts';
import { span } from '../views/ages.ts';
import { causeLabel } from '../views/diagnosis-lines.ts';
import { number } from '../views/numbers.ts';
import type { Telling } from '../views/telling.ts';
import type { Tone } from '../views/tones.ts';
import { shopTroubleLines } from '../views/trouble-lines.ts';
import type { Words } from '../views/words.ts';
import { type ExitCode, exit } from './exit.ts';
import { jsonDocument } from './json.ts';
import { type ListColumn, printTable } from './list.ts';
import { pickShopIfAny, productsNamed, tell } from './pick.ts';
import { printTrouble } from './print-trouble.ts';
import { countMeter } from './progress.ts';
import type { CommandMaker, Session, Work } from './session.ts';

const isGood = ({ outcome }: FetchResult): boolean => outcome === 'linked' || outcome === 'already-linked';

const tone = (result: FetchResult): Tone =>
  isGood(result) ? 'good' : result.trouble === undefined ? 'waiting' : 'wrong';

const isCause = (text: string): text is Cause => causes.some((cause) => cause === text);

const sideLine = (side: FetchResult['before'], words: Words): string => {
  if (side === undefined) return words.cli.nothingKnown;
  const parts = [side.linked ? words.domain.place.linked : words.cli.notLinked];
  if (side.activity !== undefined) parts.push(words.domain.activity[side.activity]);
  if (side.quantity !== undefined) parts.push(words.domain.shopHas(number(side.quantity, words)));
  return parts.join(', ');
};

/** What the fetch changed, in a cell: only the end where nothing was known before. */
const beforeAfter = (result: FetchResult, words: Words): string => {
  const after = result.after === undefined ? '' : sideLine(result.after, words);
  const before = sideLine(result.before, words);
  if (result.after === undefined) return before;
  return before === after ? after : `${before} → ${after}`;
};

const columns = (telling: Telling): readonly ListColumn<FetchResult>[] => {
  const { words } = telling;
  const { title } = words.cli;
  return [
    {
      id: 'item',
      title: title.item,
      rank: 1,
      min: 8,
      max: 22,
      text: ({ productId, asked }) => (productId === undefined ? asked : telling.productName(productId)),
    },
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 20, text: ({ shopId }) => telling.shopName(shopId) },
    {
      id: 'outcome',
      title: title.outcome,
      rank: 0,
      min: 10,
      max: 52,
      text: ({ outcome }) => words.domain.fetched[outcome],
      tone,
    },
    { id: 'change', title: title.beforeAfter, rank: 2, min: 16, text: (result) => beforeAfter(result, words) },
    {
      id: 'took',
      title: title.took,
      rank: 4,
      min: 5,
      max: 8,
      align: 'right',
      text: ({ tookMs }) => span(tookMs, words),
    },
  ];
};

/** How fetching ends: interrupted, nothing reached, some not reached, some without a link. */
export function fetchExit(results: readonly FetchResult[]): ExitCode {
  if (results.some(({ outcome }) => outcome === 'cancelled')) return exit.interrupted;
  const unreached = results.filter(({ trouble }) => trouble !== undefined);
  if (unreached.length > 0) return unreached.length === results.length ? exit.connection : exit.partial;
  return results.length > 0 && results.every(isGood) ? exit.ok : exit.findings;
}

/** Only a few are explained one by one; `why` explains the rest. */
const explained = 12;

const printRuledOut = ({ out, words }: Session, result: FetchResult, telling: Telling): void => {
  const causes = result.ruledOut.filter((cause) => cause !== 'unknown');
  if (isGood(result) || causes.length === 0) return;
  const said = causes.map((cause) => (isCause(cause) ? causeLabel(cause, words) : cause)).join(', ');
  out.say([{ text: words.cli.ruledOutIn(telling.shopName(result.shopId), said), tone: 'quiet' }]);
};

/** Answers with what fetches found, for `fetch` and `verify` alike. */
export async function answerFetches(
  session: Session,
  kind: string,
  results: readonly FetchResult[],
): Promise<ExitCode> {
  const { out, words } = session;
  const code = fetchExit(results);
  if (session.format === 'json') {
    out.data(jsonDocument(kind, { results }));
    return code;
  }
  const ids = results.flatMap(({ productId }) => (productId === undefined ? [] : [productId]));
  const known = await tell(session, await productsNamed(session, ids));
  if (results.length > 0) printTable(session, columns(known), results);
  for (const result of results.slice(0, explained)) printRuledOut(session, result, known);
  for (const { trouble, shopId } of oncePerShop(results)) {
    if (trouble !== undefined && trouble.kind !== 'cancelled')
      printTrouble(out, shopTroubleLines(trouble, known.shopName(shopId), words));
  }
  return code;
}

// Four thousand products of one shop that does not answer are one trouble.
const oncePerShop = (results: readonly FetchResult[]): readonly FetchResult[] => {
  const seen = new Set<string>();
  return results.filter(({ trouble, shopId }) => {
    const key = `${shopId} ${trouble?.kind ?? ''}`;
    if (trouble === undefined || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

const fetch: Work<Session, { readonly shop?: string }> = async (session, asked, options) => {
  const shopId = await pickShopIfAny(session, options.shop);
  const meter = countMeter(session, session.words.cli.fetching);
  const results = await session.services
    .fetch(
      {
        asked,
        ...(shopId === undefined ? {} : { shopIds: [shopId] }),
        onResult: (_result, done, total) => meter.show(done, total),
      },
      session.signal,
    )
    .finally(meter.end);
  return answerFetches(session, 'fetch', results);
};

/** `fetch`: one product, from one shop or all. */
export const addFetch: CommandMaker = (program, { words, run }) => {
  program
    .command('fetch')
    .alias('refetch')
    .argument('<identifier...>', words.cli.help.anyIdentifier)
    .description(words.cli.help.fetch)
    .option('--shop <id>', words.cli.help.onlyShop)
    .action(run(fetch));
};
