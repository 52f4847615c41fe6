import { useMemo } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { ConflictCard } from '../../src/services/services.ts';
import {
  conflictColumns,
  conflictDetail,
  conflictFields,
  conflictId,
  filterableConflict,
} from '../../src/views/triage/conflict-columns.ts';
import { useCopy } from '../acts/use-copy.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { ListView } from '../parts/ListView.tsx';
import type { Actions } from '../terminal/key-desk.ts';

const none: readonly ConflictCard[] = [];

/** Listings that got no link because somebody else has what they want. */
export function Conflicts({ shopId }: { readonly shopId?: ShopId }) {
  const { services, words, telling, go } = useDesk();
  const answer = useQuery(`conflicts ${shopId ?? ''}`, () => services.conflicts(shopId));
  const copy = useCopy();
  const columns = useMemo(() => conflictColumns(telling()), [telling]);
  const actions = (card: ConflictCard | undefined): Actions =>
    card === undefined
      ? {}
      : {
          open: () => go({ screen: 'conflict', ref: card.conflict.ref }),
          holder: () => go({ screen: 'shop-id', text: card.conflict.ref.shopProductId }),
          copy: () => copy(card.conflict.ref.shopProductId, card.conflict.ref.shopProductId),
        };
  return (
    <ListView
      answer={answer}
      rows={answer.value ?? none}
      idOf={conflictId}
      columns={columns}
      filterable={filterableConflict}
      fields={conflictFields}
      head={[{ text: words.screen.conflictsHead, tone: 'quiet' }]}
      empty={{ said: words.screen.noConflicts }}
      detail={(card, width) => conflictDetail(card, telling(), width)}
      actions={actions}
      exportName="conflicts"
    />
  );
}
