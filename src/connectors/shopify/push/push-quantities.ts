import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { type Read, readRow } from '../../decode.ts';
import { pushByLocation } from '../../driver-parts/push/push-by-location.ts';
import { withSettled } from '../../driver-parts/push/settled-outcomes.ts';
import { stockTargets } from '../documents.ts';
import { parseShopifyId, toGid } from '../ids.ts';
import { isOurs } from '../read/locations.ts';
import { type WireTarget, wireTarget, wireTargets } from '../schema.ts';
import {
  checkLine,
  concernsWholeCall,
  confirmed,
  type Line,
  outcomeOf,
  refused,
  splitByError,
  withoutDuplicates,
} from './push-lines.ts';
import { type AcceptedLine, type PushContext, sendWithRetry, type Where } from './send-lines.ts';

/** How many targets are looked at and set at a time. */
export const pushBatch = 100;

/** One outcome for each quantity, in the order given. */
export const pushQuantities = (
  context: PushContext,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> =>
  pushByLocation(quantities, async ({ quantities: some, told }) => {
    const locationId = told === undefined ? await context.locations.ours(signal) : parseShopifyId('Location', told);
    if (locationId === undefined) return some.map(({ ref }) => refused(ref, 'location-missing'));
    const outcomes: PushOutcome[] = [];
    for (let from = 0; from < some.length; from += pushBatch) {
      outcomes.push(...(await pushSome(context, some.slice(from, from + pushBatch), { locationId, signal })));
    }
    return outcomes;
  });

async function pushSome(
  context: PushContext,
  quantities: readonly Quantity[],
  where: Where,
): Promise<readonly PushOutcome[]> {
  const targets = await readTargets(
    context,
    quantities.map(({ ref }) => ref.shopVariantId),
    where,
  );
  if (targets === undefined) return quantities.map(({ ref }) => refused(ref, 'location-missing'));
  const settled = new Map<Quantity, PushOutcome>();
  const open: Line[] = [];
  for (const quantity of quantities) {
    const checked = checkLine(quantity, targets.get(quantity.ref.shopVariantId ?? ''));
    if ('line' in checked) open.push(checked.line);
    else settled.set(quantity, checked.outcome);
  }
  const { lines, duplicates } = withoutDuplicates(open);
  for (const { quantity } of duplicates) {
    settled.set(quantity, refused(quantity.ref, 'refused-by-shop', 'another line sets the same item'));
  }
  try {
    for (const [line, outcome] of await sendLines(context, lines, where)) settled.set(line.quantity, outcome);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    const known = await afterTrouble(context, { lines, error }, where);
    throw withSettled(error, new Map([...settled, ...known]));
  }
  return quantities.map((quantity) => settled.get(quantity) ?? refused(quantity.ref, 'outcome-unknown'));
}

/** Where the answer was lost nobody knows, so it is read again: what the shop has is set. */
async function afterTrouble(
  context: PushContext,
  { lines, error }: { readonly lines: readonly Line[]; readonly error: ShopError },
  where: Where,
): Promise<ReadonlyMap<Quantity, PushOutcome>> {
  if (!error.mayBeWritten) return new Map();
  const found = await readTargets(context, lines.map(variantOf), where).catch((second: unknown) => {
    if (second instanceof ShopError) return undefined;
    throw second;
  });
  return new Map(
    lines.flatMap((line) => {
      const has = figureIn(found, line);
      return has === line.quantity.quantity ? [[line.quantity, confirmed(line, has)] as const] : [];
    }),
  );
}

/** What stands at each variant's target now; nothing when the location is gone, closed or another app's. */
async function readTargets(
  { client }: PushContext,
  variants: readonly (string | undefined)[],
  { locationId, signal }: Where,
): Promise<ReadonlyMap<string, Read<WireTarget>> | undefined> {
  const ids = [...new Set(variants.flatMap((id) => parseShopifyId('ProductVariant', id ?? '') ?? []))];
  const { data } = await client.ask(
    {
      document: stockTargets,
      schema: wireTargets,
      variables: {
        ids: ids.map((id) => toGid('ProductVariant', id)),
        location: toGid('Location', locationId),
      },
      doing: 'reading stock',
    },
    signal,
  );
  if (data.location === null || !isOurs(data.location)) return undefined;
  return new Map(
    ids.flatMap((id, at) => {
      const node = data.nodes[at] ?? null;
      return node === null ? [] : [[id, readRow(wireTarget, node)] as const];
    }),
  );
}

/** Sends lines until each is taken or refused, then reads back what the shop has. */
async function sendLines(
  context: PushContext,
  lines: readonly Line[],
  where: Where,
): Promise<ReadonlyMap<Line, PushOutcome>> {
  const results = new Map<Line, PushOutcome>();
  const taken = await sendUntilDecided(context, lines, { ...where, results });
  const stale = [...results].filter(([, outcome]) => outcome.kind === 'stale').map(([line]) => line);
  const toRead = [...taken.filter(({ after }) => after === undefined).map(({ line }) => line), ...stale];
  const found = toRead.length === 0 ? undefined : await readTargets(context, toRead.map(variantOf), where);
  const shopHas = (line: Line): number | undefined => figureIn(found, line);
  for (const { line, after } of taken) results.set(line, confirmed(line, after ?? shopHas(line)));
  for (const line of stale) {
    const now = shopHas(line);
    results.set(line, { ref: line.quantity.ref, kind: 'stale', shopHas: now });
  }
  return results;
}

const variantOf = ({ quantity }: Line): string | undefined => quantity.ref.shopVariantId;

/** What the shop has of a line's target, as far as it can be read. */
function figureIn(found: ReadonlyMap<string, Read<WireTarget>> | undefined, line: Line): number | undefined {
  const target = found?.get(variantOf(line) ?? '');
  return target?.ok === true ? target.value.inventoryItem.inventoryLevel?.value : undefined;
}

type SendContext = Where & { readonly results: Map<Line, PushOutcome> };

/** Sends; lines that the shop points at are dropped and the rest sent again. Answers what was taken. */
async function sendUntilDecided(
  context: PushContext,
  lines: readonly Line[],
  sending: SendContext,
): Promise<readonly AcceptedLine[]> {
  if (lines.length === 0) return [];
  const { taken, errors } = await sendWithRetry(context, lines, sending);
  if (errors.length === 0) return taken;
  const { out, rest } = splitByError(errors, lines);
  for (const { line, outcome } of out) sending.results.set(line, outcome);
  if (out.length > 0) return sendUntilDecided(context, rest, sending);
  const [first] = errors;
  if (first !== undefined && (lines.length === 1 || concernsWholeCall(first))) {
    for (const line of lines) sending.results.set(line, outcomeOf(line, first));
    return [];
  }
  // Nothing was pointed at: halves tell which line it is.
  const middle = Math.ceil(lines.length / 2);
  const before = await sendUntilDecided(context, lines.slice(0, middle), sending);
  return [...before, ...(await sendUntilDecided(context, lines.slice(middle), sending))];
}
