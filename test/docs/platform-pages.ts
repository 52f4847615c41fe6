import { platformRegistry } from '../../src/connectors/registry.ts';
import type { CredentialField, PlatformDriver } from '../../src/ports/platform.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const words = wordsOf('en');
const yes = (holds: boolean): string => (holds ? 'yes' : 'no');

const rows: readonly (readonly [string, (driver: PlatformDriver) => string])[] = [
  ['reads changes alone', ({ capabilities }) => yes(capabilities.since)],
  ['reads stock alone, cheaply', ({ capabilities }) => yes(capabilities.stockPass)],
  ['asked by GTIN', ({ capabilities }) => yes(capabilities.findByGtin)],
  ['figures a call', ({ capabilities }) => String(capabilities.pushBatch)],
  ['compares before it sets', ({ capabilities }) => yes(capabilities.compareAndSet)],
  ['a figure for each of its own locations', ({ capabilities }) => yes(capabilities.severalLocations === true)],
  ['takes negative stock', ({ capabilities }) => yes(capabilities.negative)],
  [
    'sales back to',
    ({ capabilities }) => (capabilities.salesDays === undefined ? 'the beginning' : `${capabilities.salesDays} days`),
  ],
  ['tells of changes by webhook', ({ webhooks }) => yes(webhooks !== undefined)],
];

/** What each platform can, as its driver says. */
export function platformMatrix(): string {
  const drivers = platformRegistry.all();
  return [
    `| | ${drivers.map(({ label }) => label).join(' | ')} |`,
    `|---|${drivers.map(() => '---|').join('')}`,
    ...rows.map(([title, tell]) => `| ${title} | ${drivers.map(tell).join(' | ')} |`),
  ].join('\n');
}

const fieldText = ({ name, label, replaced }: CredentialField): string =>
  `\`${name}\` (${label}${replaced === true ? '; replaced at every use, so it is kept in credentials.json alone' : ''})`;

const section = (driver: PlatformDriver): string =>
  [
    `### ${driver.label}`,
    '',
    `\`--platform ${driver.id}\`. Rights: ${driver.rights.en}.`,
    '',
    ...driver.howToGetKey.en.map((line, index) => `${index + 1}. ${line}`),
    '',
    ...driver.credentials.map(({ label, fields }) => `- key: ${label.en}: ${fields.map(fieldText).join(', ')}.`),
    '',
    ...driver.options.fields.map(({ name, label, hint }) => `- option \`${name}\`: ${label.en}. ${hint.en}`),
    ...(driver.options.fields.length === 0 ? [] : ['']),
    'What it cannot tell us:',
    '',
    ...driver.capabilities.blindSpots.map((spot) => `- ${words.domain.blindSpot[spot]}`),
  ].join('\n');

/** How to get a key, the options and the blind spots of each platform, as its driver says. */
export const platformSections = (): string => platformRegistry.all().map(section).join('\n\n');
