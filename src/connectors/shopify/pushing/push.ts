import { createHash } from 'node:crypto';
import type { Clock } from '../../../ports/clock.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { setQuantities, stockTargets } from '../documents.ts';
import { parseShopifyId, toGid } from '../ids.ts';
import type { Reading } from '../reading/ask-listings.ts';
import { isOurs } from '../reading/locations.ts';
import { type WireTarget, type WireUserError, wireSetQuantities, wireTargets } from '../wire.ts';
import {
  confirmed,
  inputOf,
  isOfWholeCall,
  judge,
  type Line,
  outcomeOf,
  refused,
  sortOut,
  withoutTwins,
} from './push-lines.ts';

/** How many targets are looked at and set at a time. */
export const pushBatch = 100;

/** Times that one set of lines is sent when the shop is busy with it or wants another key. */
const mostTries = 5;
const busyWait = 1000;

export type Pushing = Reading & { readonly clock: Clock };

/** One outcome for each quantity, in the order given. */
export async function pushQuantities(
  pushing: Pushing,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  const locationId = await pushing.locations.ours(signal);
  if (locationId === undefined) return quantities.map(({ ref }) => refused(ref, 'location-missing'));
  const outcomes: PushOutcome[] = [];
  for (let from = 0; from < quantities.length; from += pushBatch) {
    outcomes.push(...(await pushSome(pushing, quantities.slice(from, from + pushBatch), { locationId, signal })));
  }
  return outcomes;
}

type Where = { readonly locationId: string; readonly signal: AbortSignal };

async function pushSome(
  pushing: Pushing,
  quantities: readonly Quantity[],
  where: Where,
): Promise<readonly PushOutcome[]> {
  const targets = await readTargets(
    pushing,
    quantities.map(({ ref }) => ref.shopVariantId),
    where,
  );
  if (targets === undefined) return quantities.map(({ ref }) => refused(ref, 'location-missing'));
  const settled = new Map<Quantity, PushOutcome>();
  const open: Line[] = [];
  for (const quantity of quantities) {
    const verdict = judge(quantity, targets.get(quantity.ref.shopVariantId ?? ''));
    if ('line' in verdict) open.push(verdict.line);
    else settled.set(quantity, verdict.outcome);
  }
  const { lines, twins } = withoutTwins(open);
  for (const { quantity } of twins) {
    settled.set(quantity, refused(quantity.ref, 'refused-by-shop', 'another line sets the same item'));
  }
  for (const [line, outcome] of await sendLines(pushing, lines, where)) settled.set(line.quantity, outcome);
  return quantities.map((quantity) => settled.get(quantity) ?? refused(quantity.ref, 'outcome-unknown'));
}

/** What stands at each variant's target now; nothing when the location is gone, closed or another app's. */
async function readTargets(
  { session }: Pushing,
  variants: readonly (string | undefined)[],
  { locationId, signal }: Where,
): Promise<ReadonlyMap<string, WireTarget> | undefined> {
  const known = variants.flatMap((id) => parseShopifyId('ProductVariant', id ?? '') ?? []);
  const { data } = await session.ask(
    {
      document: stockTargets,
      schema: wireTargets,
      variables: {
        ids: [...new Set(known)].map((id) => toGid('ProductVariant', id)),
        location: toGid('Location', locationId),
      },
      doing: 'reading stock',
    },
    signal,
  );
  if (data.location === null || !isOurs(data.location)) return undefined;
  return new Map(data.nodes.flatMap((target) => (target === null ? [] : [[target.id, target]])));
}

/** Sends lines until each is taken or refused, then reads back what the shop has. */
async function sendLines(
  pushing: Pushing,
  lines: readonly Line[],
  where: Where,
): Promise<ReadonlyMap<Line, PushOutcome>> {
  const results = new Map<Line, PushOutcome>();
  const taken = await settle(pushing, lines, { ...where, results });
  const stale = [...results].filter(([, outcome]) => outcome.kind === 'stale').map(([line]) => line);
  const toRead = [...taken.filter(({ after }) => after === undefined).map(({ line }) => line), ...stale];
  const found = toRead.length === 0 ? undefined : await readTargets(pushing, toRead.map(variantOf), where);
  const shopHas = (line: Line): number | undefined => found?.get(variantOf(line) ?? '')?.inventoryItem.inventoryLevel;
  for (const { line, after } of taken) results.set(line, confirmed(line, after ?? shopHas(line)));
  for (const line of stale) {
    const now = shopHas(line);
    results.set(line, { ref: line.quantity.ref, kind: 'stale', ...(now === undefined ? {} : { shopHas: now }) });
  }
  return results;
}

const variantOf = ({ quantity }: Line): string | undefined => quantity.ref.shopVariantId;

type Taken = { readonly line: Line; readonly after: number | undefined };
type Sending = Where & { readonly results: Map<Line, PushOutcome> };

/** Sends; lines that the shop points at are dropped and the rest sent again. Answers what was taken. */
async function settle(pushing: Pushing, lines: readonly Line[], sending: Sending): Promise<readonly Taken[]> {
  if (lines.length === 0) return [];
  const { taken, errors } = await sendPatiently(pushing, lines, sending);
  if (errors.length === 0) return taken;
  const { out, rest } = sortOut(errors, lines);
  for (const { line, outcome } of out) sending.results.set(line, outcome);
  if (out.length > 0) return settle(pushing, rest, sending);
  const [first] = errors;
  if (first !== undefined && (lines.length === 1 || isOfWholeCall(first))) {
    for (const line of lines) sending.results.set(line, outcomeOf(line, first));
    return [];
  }
  // Nothing was pointed at: halves tell which line it is.
  const middle = Math.ceil(lines.length / 2);
  const before = await settle(pushing, lines.slice(0, middle), sending);
  return [...before, ...(await settle(pushing, lines.slice(middle), sending))];
}

type Answered = { readonly taken: readonly Taken[]; readonly errors: readonly WireUserError[] };

/** Sends one set of lines: the same key while the shop is busy with it, a new one where the shop wants that. */
async function sendPatiently(pushing: Pushing, lines: readonly Line[], sending: Sending): Promise<Answered> {
  let round = 0;
  for (let tries = 1; ; tries += 1) {
    const answered = await send(pushing, lines, { ...sending, key: keyOf(lines, sending.locationId, round) });
    const code = answered.errors.find((error) => error.code?.startsWith('IDEMPOTENCY_'))?.code;
    if (code === undefined || tries >= mostTries) return answered;
    if (code === 'IDEMPOTENCY_CONCURRENT_REQUEST') await waitABit(pushing, sending.signal);
    else round += 1;
  }
}

async function send(
  { session }: Pushing,
  lines: readonly Line[],
  { locationId, key, signal }: Where & { readonly key: string },
): Promise<Answered> {
  const { data } = await session.ask(
    {
      document: setQuantities,
      schema: wireSetQuantities,
      variables: { input: inputOf(lines, locationId), key },
      doing: 'setting stock',
    },
    signal,
  );
  const { inventoryAdjustmentGroup: group, userErrors: errors } = data.inventorySetQuantities;
  const after = new Map(
    (group?.changes ?? [])
      .filter(({ name, location }) => name === 'available' && location?.id === locationId)
      .map(({ item, quantityAfterChange }) => [item?.id, quantityAfterChange ?? undefined]),
  );
  return { taken: lines.map((line) => ({ line, after: after.get(line.itemId) })), errors };
}

async function waitABit({ clock, session }: Pushing, signal: AbortSignal): Promise<void> {
  try {
    await clock.wait(busyWait, signal);
  } catch (error) {
    throw session.trouble('cancelled', { doing: 'setting stock' }, error);
  }
}

/** The same lines with the same figures have the same key, so that a call that is sent twice counts once. */
function keyOf(lines: readonly Line[], locationId: string, round: number): string {
  const intent = [round, inputOf(lines, locationId), lines.map(({ quantity }) => quantity.key)];
  const digest = createHash('sha256').update(JSON.stringify(intent)).digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
