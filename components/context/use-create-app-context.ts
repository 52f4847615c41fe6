import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Instant, ProductId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import type { ShopOverview } from '../../src/services/shops/shop-service.ts';
import { screenErrorLines } from '../../src/views/errors/any-error-lines.ts';
import { formatContext as makeFormat, shortName } from '../../src/views/format/format-context.ts';
import type { Tone } from '../../src/views/text/tones.ts';
import type { AppRuntime } from '../runtime/app-runtime.ts';
import type { AppContext } from './app-context.ts';
import { useServicesQuery } from './use-query.ts';
import { useServers } from './use-servers.ts';

type AppContextInput = Pick<
  AppContext,
  | 'services'
  | 'palette'
  | 'screens'
  | 'theme'
  | 'language'
  | 'words'
  | 'timeZone'
  | 'refreshCount'
  | 'viewport'
  | 'entry'
  | 'go'
  | 'jump'
  | 'back'
  | 'replace'
  | 'swap'
  | 'title'
  | 'saveState'
  | 'clearMarks'
  | 'openDialog'
  | 'dialogOpen'
> & { readonly runtime: AppRuntime; readonly now: Instant };

/** Products whose names are remembered. */
const maxNames = 2000;

const noShops: readonly ShopOverview[] = [];

/** Builds the context: what was given, and what every screen needs beside it. */
export function useCreateAppContext(parts: AppContextInput): AppContext {
  const { runtime, now, viewport, ...given } = parts;
  const { services, words, timeZone, refreshCount } = given;
  const { busy, delays, messages, tasks } = runtime;
  const shops =
    useServicesQuery({ services, busy, delays, queryKey: `shops ${refreshCount}`, load: () => services.shops.list() })
      .value ?? noShops;
  const named = useRef(new Map<ProductId, Product>());
  const rememberNames = useCallback((products: readonly Product[]) => {
    // The newest stay: a day of looking things up must not gather the whole warehouse.
    for (const product of products) {
      named.current.delete(product.id);
      named.current.set(product.id, product);
    }
    for (const id of named.current.keys()) {
      if (named.current.size <= maxNames) break;
      named.current.delete(id);
    }
  }, []);

  const formatFor = useCallback(
    (products: readonly Product[] = []) => {
      rememberNames(products);
      const format = makeFormat(
        { words, now, timeZone },
        {
          shops: shops.map((one) => one.shop),
          products,
          sources: services.warehouse.drivers(),
        },
      );
      const productName = (id: ProductId): string => {
        const product = named.current.get(id);
        return product === undefined ? format.productName(id) : shortName(product, words);
      };
      return { ...format, productName };
    },
    [words, now, timeZone, shops, rememberNames, services],
  );
  const latest = useRef(formatFor);
  useEffect(() => {
    latest.current = formatFor;
  }, [formatFor]);

  const handlers = useMemo(() => {
    const notify = (text: string, tone: Tone = 'good', open?: () => void): void => messages.notify(text, tone, open);
    const reportError = (error: unknown): void => {
      const lines = screenErrorLines(error, latest.current());
      notify([lines.said, ...lines.details.slice(0, 1), lines.advice].join(' '), 'wrong');
    };
    const perform = (work: () => Promise<void>): void => {
      const end = busy.begin();
      work().catch(reportError).finally(end);
    };
    const runTask = (text: string, work: (signal: AbortSignal) => Promise<void>): void =>
      tasks.run((signal) => {
        messages.showProgress(text);
        return work(signal)
          .catch(reportError)
          .finally(() => messages.showProgress(undefined));
      });
    return { notify, perform, runTask };
  }, [messages, busy, tasks]);

  const { columns, rows } = viewport;
  const servers = useServers(services);
  const room = useMemo(() => ({ columns, rows }), [columns, rows]);
  const { keys, jobs, elapsed, host, askOnOpen } = runtime;
  const fields: AppContext = {
    ...given,
    ...handlers,
    keys,
    jobs,
    tasks,
    elapsed,
    askOnOpen,
    delays,
    messages,
    busy,
    host,
    shops,
    servers,
    viewport: room,
    formatFor,
    rememberNames,
  };
  return useSameWhileEqual(fields);
}

/** The last context for as long as all that is in it is the same: screens are drawn anew only for something new. */
function useSameWhileEqual(fields: AppContext): AppContext {
  const kept = useRef(fields);
  const names = Object.keys(fields) as (keyof AppContext)[];
  if (names.some((name) => kept.current[name] !== fields[name])) kept.current = fields;
  return kept.current;
}
