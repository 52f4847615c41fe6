import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Instant, ProductId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import type { ShopOverview } from '../../src/services/services.ts';
import { anyTroubleLines } from '../../src/views/happenings/any-trouble.ts';
import { shortName, telling as tellingOf } from '../../src/views/telling.ts';
import type { Tone } from '../../src/views/tones.ts';
import type { Program } from '../program.ts';
import type { Desk } from './use-desk.ts';
import { useAnswer } from './use-query.ts';

type DeskParts = Pick<
  Desk,
  | 'services'
  | 'theme'
  | 'language'
  | 'words'
  | 'timeZone'
  | 'epoch'
  | 'room'
  | 'entry'
  | 'go'
  | 'jump'
  | 'back'
  | 'swap'
  | 'title'
  | 'keep'
  | 'ask'
> & { readonly program: Program; readonly now: Instant };

const noShops: readonly ShopOverview[] = [];

/** Puts the desk together: what was given, and what every screen needs beside it. */
export function useDeskOf(parts: DeskParts): Desk {
  const { program, now, services, words, language, theme, timeZone, epoch, room, entry, title } = parts;
  const { busy, messages, tasks } = program;
  const shops = useAnswer({ services, busy, about: `shops ${epoch}`, ask: () => services.shops() }).value ?? noShops;
  const names = useRef(new Map<ProductId, string>());
  const known = useCallback(
    (products: readonly Product[]) => {
      for (const product of products) names.current.set(product.id, shortName(product, words));
    },
    [words],
  );

  const telling = useCallback(
    (products: readonly Product[] = []) => {
      known(products);
      const said = tellingOf({ words, now, timeZone }, { shops: shops.map((one) => one.shop), products });
      return { ...said, productName: (id: ProductId) => names.current.get(id) ?? said.productName(id) };
    },
    [words, now, timeZone, shops, known],
  );
  const newest = useRef(telling);
  useEffect(() => {
    newest.current = telling;
  }, [telling]);

  const doing = useMemo(() => {
    const say = (text: string, tone: Tone = 'good'): void => messages.say(text, tone);
    const told = (error: unknown): void => {
      const lines = anyTroubleLines(error, newest.current());
      say([lines.said, ...lines.details.slice(0, 1), lines.advice].join(' '), 'wrong');
    };
    const act = (work: () => Promise<void>): void => {
      const end = busy.begin();
      work().catch(told).finally(end);
    };
    const wait = (text: string, work: (signal: AbortSignal) => Promise<void>): void =>
      tasks.run((signal) => {
        messages.doing(text);
        return work(signal)
          .catch(told)
          .finally(() => messages.doing(undefined));
      });
    return { say, act, wait };
  }, [messages, busy, tasks]);

  const { columns, rows } = room;
  const { go, jump, back, swap, keep, ask } = parts;
  return useMemo(
    () => ({
      services,
      words,
      language,
      theme,
      timeZone,
      keys: program.keys,
      jobs: program.jobs,
      tasks,
      elapsed: program.elapsed,
      messages,
      busy,
      outside: program.outside,
      shops,
      epoch,
      room: { columns, rows },
      entry,
      go,
      jump,
      back,
      swap,
      keep,
      ask,
      title,
      telling,
      knows: known,
      ...doing,
    }),
    [
      services,
      words,
      language,
      theme,
      timeZone,
      program,
      messages,
      busy,
      tasks,
      shops,
      epoch,
      columns,
      rows,
      entry,
      go,
      jump,
      back,
      swap,
      keep,
      ask,
      title,
      telling,
      known,
      doing,
    ],
  );
}
