import { z } from 'zod';
import { dashboardShapes } from './dashboard-settings.ts';
import { parseLanguage } from './language.ts';
import { serveShape } from './serve-settings.ts';
import { isTimeZone } from './time-zone.ts';

const some = (least: number, most: number) => () => z.number().min(least).max(most);
const whole = (least: number, most: number) => () => z.int().min(least).max(most);

/** What each key of `config.json` may hold. A shape is made where its key stands: all of them take longer than all else here. */
const shapes = {
  // `DA` as the environment may say it too.
  language: () => z.preprocess((said) => parseLanguage(said) ?? said, z.enum(['da', 'en'])),
  readOnly: () => z.boolean(),
  timeZone: () => z.string().refine(isTimeZone, { error: 'not a time zone such as Europe/Copenhagen' }),
  user: () => z.string().min(1).max(60),
  unsoldDays: whole(1, 3_650),
  overlapMinutes: some(0, 1_440),
  planMinutes: some(1, 1_440),
  jumpFactor: some(1.1, 1_000),
  shopsAtOnce: whole(1, 20),
  staleHours: some(1, 8_760),
  figureHours: some(1, 8_760),
  stockPassMinutes: some(1, 1_440),
  ...dashboardShapes,
  serve: serveShape,
  store: () => z.string().max(2_000),
} satisfies { readonly [key: string]: () => z.ZodType };
/** What `config.json` holds. */
export type Config = { readonly [Key in keyof typeof shapes]?: z.infer<ReturnType<(typeof shapes)[Key]>> };

/** The keys that `config.json` may hold. */
export const settingKeys: readonly string[] = Object.keys(shapes);

/** The shape of the keys that a file has. */
export const shapeOf = (found: object): z.ZodType<Config> => {
  const here = Object.entries(shapes).filter(([key]) => Object.hasOwn(found, key));
  // The decoder: each key is held against the shape that its type was taken from.
  return z.object(Object.fromEntries(here.map(([key, make]) => [key, make()]))) as z.ZodType<Config>;
};
