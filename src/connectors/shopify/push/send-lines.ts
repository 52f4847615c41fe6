import { createHash } from 'node:crypto';
import type { Clock } from '../../../ports/clock.ts';
import { setQuantities } from '../documents.ts';
import type { ReadContext } from '../read/query-listings.ts';
import { type WireUserError, wireSetQuantities } from '../schema.ts';
import { inputOf, type Line } from './push-lines.ts';

/** Times that one set of lines is sent when the shop is busy with it or wants another key. */
const maxTries = 5;
const busyWaitMs = 1000;

export type PushContext = ReadContext & { readonly clock: Clock };
/** One location of the shop, by its number. */
export type Where = { readonly locationId: string; readonly signal: AbortSignal };

export type AcceptedLine = { readonly line: Line; readonly after: number | undefined };
export type SendResult = { readonly taken: readonly AcceptedLine[]; readonly errors: readonly WireUserError[] };

/** Sends one set of lines: the same key while the shop is busy with it, a new one where the shop wants that. */
export async function sendWithRetry(context: PushContext, lines: readonly Line[], sending: Where): Promise<SendResult> {
  let round = 0;
  for (let tries = 1; ; tries += 1) {
    const answered = await send(context, lines, { ...sending, key: keyOf(lines, sending.locationId, round) });
    const code = answered.errors.find((error) => error.code?.startsWith('IDEMPOTENCY_'))?.code;
    if (code === undefined || tries >= maxTries) return answered;
    if (code === 'IDEMPOTENCY_CONCURRENT_REQUEST') await waitWhileBusy(context, sending.signal);
    else round += 1;
  }
}

async function send(
  { client }: PushContext,
  lines: readonly Line[],
  { locationId, key, signal }: Where & { readonly key: string },
): Promise<SendResult> {
  const { data } = await client.ask(
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

async function waitWhileBusy({ clock, client }: PushContext, signal: AbortSignal): Promise<void> {
  try {
    await clock.wait(busyWaitMs, signal);
  } catch (error) {
    throw client.trouble('cancelled', { doing: 'setting stock' }, error);
  }
}

/** The same lines with the same figures have the same key, so that a call that is sent twice counts once. */
function keyOf(lines: readonly Line[], locationId: string, round: number): string {
  const intent = [round, inputOf(lines, locationId), lines.map(({ quantity }) => quantity.key)];
  const digest = createHash('sha256').update(JSON.stringify(intent)).digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
