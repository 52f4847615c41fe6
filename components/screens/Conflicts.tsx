import { useMemo } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { ConflictCard } from '../../src/services/conflicts/conflict-service.ts';
import {
  conflictColumns,
  conflictDetail,
  conflictFields,
  conflictId,
  filterableConflict,
} from '../../src/views/conflicts/conflict-columns.ts';
import { number } from '../../src/views/format/numbers.ts';
import { useCopy } from '../actions/use-copy.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { conflicts } from '../plain/conflicts-page.ts';
import { ofTables } from '../runtime/store-changes.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { ListView } from '../widgets/ListView.tsx';
import { defineScreen } from './define-screen.ts';

/** The newest are shown, so many at most. */
const maxShown = 1_000;
const none: readonly ConflictCard[] = [];

/** Listings that got no link because somebody else has what they want. */
export function Conflicts({ shopId }: { readonly shopId?: ShopId }) {
  const { services, words, formatFor, go, shops } = useApp();
  const query = useQuery(
    `conflicts ${shopId ?? ''}`,
    () => services.conflicts.list({ shopId, limit: maxShown }),
    ofTables('conflicts', 'listings', 'products', 'integrations', 'sales', 'shops'),
  );
  const total = shops.reduce(
    (sum, { shop, counts }) => sum + (shopId === undefined || shop.id === shopId ? counts.conflicts : 0),
    0,
  );
  const shown = query.value?.length ?? 0;
  const copy = useCopy();
  const columns = useMemo(() => conflictColumns(formatFor()), [formatFor]);
  const actions = (card: ConflictCard | undefined): Actions =>
    card === undefined
      ? {}
      : {
          open: () => go({ screen: 'conflict', at: card.conflict.ref }),
          holder: () => go({ screen: 'shop-id', text: card.conflict.ref.shopProductId }),
          copy: () => copy(card.conflict.ref.shopProductId, card.conflict.ref.shopProductId),
        };
  return (
    <ListView
      query={query}
      rows={query.value ?? none}
      idOf={conflictId}
      columns={columns}
      filterable={filterableConflict}
      fields={conflictFields}
      head={[
        { text: words.screen.conflictsHead, tone: 'quiet' },
        ...(total > shown && shown >= maxShown
          ? [
              {
                text: `  ${words.screen.firstOf(number(shown, words), number(total, words))}`,
                tone: 'waiting' as const,
              },
            ]
          : []),
      ]}
      empty={{ said: words.screen.noConflicts }}
      detail={(card, width) => conflictDetail(card, formatFor(), width)}
      actions={actions}
      exportName="conflicts"
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    conflicts: { readonly shopId?: ShopId };
  }
}

/** The screen `conflicts`. */
export const conflictsScreen = defineScreen({
  route: 'conflicts',
  key: '5',
  command: 'conflicts',
  component: Conflicts,
  plain: { page: (context, { shopId }) => conflicts(context, shopId) },
});
