import { createInterface } from 'node:readline/promises';
import { shownAddress } from '../../../domain/text/shown-address.ts';
import type { Detection, PlatformDriver } from '../../../ports/platform.ts';
import { addressRefusal } from '../../../services/dependencies/address-refusal.ts';
import type { Session } from '../../command-context.ts';
import { UsageError } from '../../usage-error.ts';

const named = (session: Session, found: Detection): string =>
  session.services.shops.platforms().find(({ id }) => id === found.platform)?.label ?? found.platform;

/** What no platform can take as an address is refused by what is wrong with it, before anybody is asked. */
function refuseNoAddress(platforms: readonly PlatformDriver[], address: string): void {
  const refused = platforms.flatMap((driver) => {
    const normal = driver.normaliseUrl(address);
    return 'problem' in normal ? [normal] : [];
  });
  const [first] = refused;
  if (first !== undefined && refused.length === platforms.length) throw addressRefusal(address, first);
}

/**
 * The platform that answers at an address. It is shown, and asked for agreement where somebody can answer; where
 * nobody is there, only a sure one is taken. A `UsageError` where none, or several, are recognised.
 */
export async function foundPlatform(session: Session, address: string): Promise<Detection> {
  const { services, out, words, signal } = session;
  const platforms = services.shops.platforms();
  const known = platforms.map(({ id }) => id).join(', ');
  refuseNoAddress(platforms, address);
  const found = await services.shops.detectPlatform(address, signal);
  const sure = found.filter(({ confidence }) => confidence === 'sure');
  const candidates = sure.length > 0 ? sure : found;
  const [first, ...others] = candidates;
  const isAsked = process.stdin.isTTY === true && process.stderr.isTTY === true && session.format === 'text';
  if (first === undefined)
    throw new UsageError(words.cli.platformNotFound(shownAddress(address)), words.cli.tip.namePlatform(known));
  if (others.length > 0 || (!isAsked && sure.length === 0)) {
    const names = candidates.map((one) => named(session, one)).join(', ');
    throw new UsageError(words.cli.platformUnsure(names), words.cli.tip.namePlatform(known));
  }
  const label = named(session, first);
  out.note(words.cli.platformFound(label, first.url, first.name ?? ''));
  if (!isAsked) return first;
  const asker = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asker.question(words.cli.platformRight, { signal });
    if (/^\s*(n|no|nej)\s*$/i.test(answer)) {
      throw new UsageError(words.cli.platformNotFound(shownAddress(address)), words.cli.tip.namePlatform(known));
    }
  } finally {
    asker.close();
  }
  return first;
}
