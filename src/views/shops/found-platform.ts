import { shownAddress } from '../../domain/text/shown-address.ts';
import type { Detection, PlatformDriver } from '../../ports/platform.ts';
import { charactersOf } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import type { FormValues } from './shop-form.ts';

/** What asking an address brought: still asked, or everything that answers there. */
export type FoundAt = { readonly asked: string; readonly found: 'asking' | readonly Detection[] };

/** Those that are meant: the sure ones, and all of them where none is sure. */
const candidatesOf = (found: readonly Detection[]): readonly Detection[] => {
  const sure = found.filter(({ confidence }) => confidence === 'sure');
  return sure.length > 0 ? sure : found;
};

/** What a person reads of it, one line; nothing before an address was asked. */
export function foundLine(
  at: FoundAt | undefined,
  platforms: readonly PlatformDriver[],
  words: Words,
): readonly Piece[] | undefined {
  const { form } = words.screen;
  if (at === undefined) return undefined;
  if (at.found === 'asking') return [{ text: form.detecting(shownAddress(at.asked)), tone: 'quiet' }];
  const named = candidatesOf(at.found);
  const label = (one: Detection): string => platforms.find(({ id }) => id === one.platform)?.label ?? one.platform;
  const [first, ...others] = named;
  if (first === undefined) return [{ text: `◐ ${form.notDetected(shownAddress(at.asked))}`, tone: 'waiting' }];
  if (others.length > 0) return [{ text: `◐ ${form.severalDetected(named.map(label).join(', '))}`, tone: 'waiting' }];
  return [{ text: `✓ ${form.detected(label(first), first.name ?? '')}`, tone: 'good' }];
}

/** Letters and digits of a name, as an id may be made of them. */
const idText = (text: string): string =>
  charactersOf(text.normalize('NFKD').toLowerCase().replaceAll('æ', 'ae').replaceAll('ø', 'oe'))
    .join('')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 16)
    .replace(/-+$/, '');

/** A short name for a shop, of what it calls itself or of its host, that none of the others has. */
export function suggestedId({ url, name }: Pick<Detection, 'url' | 'name'>, taken: readonly string[]): string {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
  const label = /^[\d.:[\]]+$/.test(host) ? '' : (host.split('.')[0] ?? '');
  const base = idText(name ?? '') || idText(label) || 'shop';
  const isTaken = (id: string): boolean => taken.some((one) => one.toLowerCase() === id);
  let number = 1;
  while (isTaken(number === 1 ? base : `${base}-${number}`)) number += 1;
  return number === 1 ? base : `${base}-${number}`;
}

/**
 * What the answer of an address fills into the form: the platform, the address that is kept, and where they are
 * empty still a short name and a name. Nothing where nobody, or more than one, is recognised.
 */
export function filledIn(
  found: readonly Detection[],
  values: FormValues,
  taken: readonly string[],
): FormValues | undefined {
  const [first, ...others] = candidatesOf(found);
  if (first === undefined || others.length > 0) return undefined;
  return {
    ...values,
    platform: first.platform,
    url: first.url,
    id: values.id === '' ? suggestedId(first, taken) : (values.id ?? ''),
    name: values.name === '' ? (first.name ?? '') : (values.name ?? ''),
  };
}
