import { diagnose } from '../../domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import { type IntegrationLine, integrationLines } from './integration-lines.ts';
import type { IntegrationFilter, IntegrationPage } from './integration-service.ts';

export type IntegrationQuery = {
  readonly filter: IntegrationFilter;
  readonly text?: string;
  readonly offset: number;
  readonly limit: number;
};

/** A page of a shop's links, and of the places where one is missing, each of those with its top cause. */
export async function integrationsOn(
  deps: ServiceDependencies,
  shopId: ShopId,
  query: IntegrationQuery,
): Promise<IntegrationPage> {
  const all = await integrationLines(deps, shopId);
  const lines = all.filter((line) => fits(line, query));
  const shown = lines.slice(query.offset, query.offset + query.limit);
  const diagnoses = await diagnosesOf(deps, shopId, shown);
  const rows = shown.map(({ row }) => {
    const diagnosis = row.integration === undefined && row.product && diagnoses.get(row.product.id);
    return diagnosis === undefined || diagnosis === false ? row : { ...row, diagnosis };
  });
  return { rows, total: lines.length, offset: query.offset, counts: countsOf(all) };
}

function countsOf(lines: readonly IntegrationLine[]): IntegrationPage['counts'] {
  const counts = { all: lines.length, linked: 0, missing: 0, conflict: 0, 'stock-differs': 0 };
  for (const { row } of lines) {
    counts[row.state] += 1;
    if (row.stockDiffers) counts['stock-differs'] += 1;
  }
  return counts;
}

const fits = ({ row, text }: IntegrationLine, { filter, text: wanted }: IntegrationQuery): boolean =>
  (filter === 'all' || (filter === 'stock-differs' ? row.stockDiffers : row.state === filter)) &&
  (wanted === undefined || wanted === '' || text.includes(wanted.toLowerCase()));

async function diagnosesOf(
  deps: ServiceDependencies,
  shopId: ShopId,
  lines: readonly IntegrationLine[],
): Promise<ReadonlyMap<ProductId, Diagnosis>> {
  const products = lines.flatMap(({ row }) => (row.integration === undefined ? (row.product ?? []) : []));
  const facts = await gatherPlaceFacts(deps, deps.store, { products, shopIds: [shopId] });
  return new Map(facts.map((place) => [place.product.id, diagnose(place)]));
}
