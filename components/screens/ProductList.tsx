import { useMemo } from 'react';
import type { LookupHit } from '../../src/services/lookup/lookup-service.ts';
import { number } from '../../src/views/format/numbers.ts';
import {
  filterableHit,
  hitFields,
  hitFooter,
  hitId,
  hitLines,
  lookupColumns,
} from '../../src/views/lookup/lookup-lines.ts';
import { useBulkActions } from '../actions/use-bulk-actions.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useProductBindings } from '../key-bindings/use-product-bindings.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { ListView } from '../widgets/ListView.tsx';
import { TextLines } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

type ProductListProps = {
  /** Ids, item numbers or whatever else names a product. */
  readonly asked: readonly string[];
  /** How these products came together. */
  readonly about: 'pasted' | 'notes' | 'differs' | 'stuck' | 'lost';
};

const none: readonly LookupHit[] = [];
/** What was not found is named as far as a line goes. */
const maxNamed = 6;

/** Several products that were asked for at once: pasted item numbers, or what a line of the first page tells of. */
export function ProductList({ asked, about }: ProductListProps) {
  const { services, words, formatFor, go } = useApp();
  const query = useQuery(`list ${asked.join(' ')}`, () => services.lookup.many(asked));
  const hits = query.value?.hits ?? none;
  const unclear = query.value?.unclear ?? [];
  const columns = useMemo(() => lookupColumns(words), [words]);
  const keys = useProductBindings();
  const bulk = useBulkActions();
  const actions = (hit: LookupHit | undefined, chosen: readonly LookupHit[], clearMarks: () => void): Actions => {
    const product = hit?.product;
    if (product === undefined) return {};
    const products = chosen.flatMap((one) => one.product ?? []);
    return {
      ...keys(product),
      open: () => go({ screen: 'product', productId: product.id }),
      bulk: () => bulk(products, clearMarks),
      // What shops show wrongly is mended for all of them at once; a mark says which.
      ...(about === 'differs' && products.length < 2
        ? { push: () => go({ screen: 'push', productIds: hits.flatMap((one) => one.product?.id ?? []), make: true }) }
        : {}),
    };
  };
  const more = unclear.length > maxNamed ? number(unclear.length - maxNamed, words) : '';
  const missing = words.lists.unclear(unclear.slice(0, maxNamed).join(', '), more);
  const count = words.domain.products(number(hits.length, words));
  return (
    <ListView
      query={query}
      rows={hits}
      idOf={hitId}
      columns={columns}
      filterable={filterableHit}
      fields={hitFields}
      head={hits.length === 0 ? [] : [{ text: words.lists.about[about](count), tone: 'strong' }]}
      above={
        unclear.length === 0
          ? undefined
          : { lines: 1, body: <TextLines lines={[[{ text: `   ◐ ${missing}`, tone: 'waiting' }]]} /> }
      }
      empty={{ said: words.lists.noneOfThem, todo: words.lists.noneOfThemTodo }}
      detail={(hit, width) => hitLines(hit, formatFor(), width)}
      footer={(hit) => hitFooter(hit, words)}
      productOf={(hit) => hit.product?.id}
      actions={actions}
      exportName="products"
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    products: ProductListProps;
  }
}

/** The screen `products`. */
export const productsScreen = defineScreen({
  route: 'products',
  component: ProductList,
});
