import { sameRef } from '../changes.ts';
import type { DomainEvent } from '../event.ts';
import type { Integration, OpenRefusal } from '../integration.ts';

type Refused = Extract<DomainEvent, { readonly type: 'push-refused' }>;
type Pushed = Extract<DomainEvent, { readonly type: 'stock-pushed' }>;

/** What is open after one location was told, or refused. Told as one figure before, or since: what was then says nothing of now. */
const elsewhere = (open: readonly OpenRefusal[] = [], location: string | undefined): readonly OpenRefusal[] =>
  location === undefined
    ? []
    : open.filter((refusal) => refusal.location !== undefined && refusal.location !== location);

const kept = (open: readonly OpenRefusal[]): Pick<Integration, 'refused'> => ({
  refused: open.length === 0 ? undefined : open,
});

/** What a link has refused and not taken since, after one more refusal; nothing where the event is not about the link. */
export function afterRefusal(
  link: Integration | undefined,
  { at, ref, why, said, shopLocation }: Refused,
): Pick<Integration, 'refused'> | undefined {
  if (link === undefined || !sameRef(link.ref, ref ?? link.ref) || why === 'no-integration') return undefined;
  const location = shopLocation?.id;
  const refusal = { why, at, ...(said === undefined ? {} : { said }), ...(location === undefined ? {} : { location }) };
  return kept([refusal, ...elsewhere(link.refused, location)]);
}

/** The same after a figure was taken. */
export const afterPush = (link: Integration | undefined, { shopLocation }: Pushed): Pick<Integration, 'refused'> =>
  link?.refused === undefined ? {} : kept(elsewhere(link.refused, shopLocation?.id));
