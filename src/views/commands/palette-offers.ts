import type { ScreenEntry } from '../navigation/route.ts';
import type { Words } from '../words/words.ts';
import { wordsOf } from '../words/words.ts';
import { type Fit, fitOf, fits } from './loose-match.ts';
import { type Completion, goTo, type PaletteCommand, type PaletteRequest } from './palette.ts';

/** What a line may be, as it is read on the screens or typed on the command line. */
type Offer = Completion & { readonly fit: Fit };

type OfferContext = {
  readonly palette: readonly PaletteCommand[];
  readonly screens: readonly ScreenEntry[];
  readonly words: Words;
};

const best = (typed: string, texts: readonly string[]): Fit | undefined =>
  fits.find((fit) => texts.some((text) => fitOf(typed, text) === fit));

/** The screens by what they are called on themselves; with the digit that also opens them. */
function screenOffers(typed: string, { screens, words }: OfferContext): readonly Offer[] {
  return screens.flatMap(({ route, root, key, command }) => {
    if (root === undefined) return [];
    const line = words.screen.title[route];
    const fit = best(typed, [line, ...(command === undefined ? [] : [command])]);
    return fit === undefined ? [] : [{ line, note: words.screen.opensScreen(key ?? ''), fit }];
  });
}

/** What can be done by its word, with what it is for: also found by that. */
function commandOffers(typed: string, { palette, screens, words }: OfferContext): readonly Offer[] {
  const isScreen = (path: string): boolean =>
    screens.some(({ root, command }) => root !== undefined && command === path);
  return palette
    .filter(({ path, read }) => read !== undefined && !isScreen(path))
    .flatMap(({ path, aliases, help }) => {
      const note = help(words);
      const fit = best(typed, [path, ...aliases]) ?? (best(typed, [note]) === 'word-begins' ? 'within' : undefined);
      return fit === undefined ? [] : [{ line: path, note, fit }];
    });
}

/** What a beginning of a line may mean, the likeliest first: screens before commands of the same fit. */
export function paletteOffers(typed: string, context: OfferContext): readonly Offer[] {
  const all = [...screenOffers(typed, context), ...commandOffers(typed, context)];
  return all.toSorted((a, b) => fits.indexOf(a.fit) - fits.indexOf(b.fit));
}

/** The screen that bears this very name, in the language of the moment or the other one. */
export function screenNamed(text: string, screens: readonly ScreenEntry[]): PaletteRequest | undefined {
  const asked = text.trim().toLowerCase();
  const named = screens.find(
    ({ route, root }) =>
      root !== undefined &&
      (['da', 'en'] as const).some((language) => wordsOf(language).screen.title[route].toLowerCase() === asked),
  );
  return named?.root === undefined ? undefined : goTo(named.root);
}
