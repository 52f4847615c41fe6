import type { FirstPageRow } from '../../src/views/overview/first-page-row.ts';
import type { PreviewFacts } from '../../src/views/overview/preview-lines.ts';
import { useApp } from '../context/app-context.ts';
import { useDebounced } from '../context/use-debounced.ts';
import { useQuery } from '../context/use-query.ts';

/** Products that are told of at most: more do not stand beside a first page. */
const maxProducts = 60;
const nothing: PreviewFacts = { hits: [], conflicts: [] };

/** What has to be looked up of the row under the cursor; nothing while the cursor is on its way. */
export function usePreview(row: FirstPageRow | undefined): PreviewFacts {
  const { services } = useApp();
  const settled = useDebounced(row?.id);
  const ids = (row?.productIds ?? []).slice(0, maxProducts);
  const query = useQuery(`preview ${settled ?? ''} ${settled === row?.id ? ids.join(' ') : ''}`, async () => {
    if (row === undefined || settled !== row.id) return { of: settled, facts: nothing };
    const [{ hits }, conflicts] = await Promise.all([
      services.lookup.many(ids),
      row.conflicts === true ? services.conflicts.list() : [],
    ]);
    return { of: row.id, facts: { hits, conflicts } };
  });
  return query.value?.of === row?.id ? (query.value?.facts ?? nothing) : nothing;
}
