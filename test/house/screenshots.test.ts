import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { wordsOf } from '../../src/views/words/words.ts';

// Whether each picture is cell for cell what the program draws today, `npm run pictures -- --check` says; that takes
// the whole demo. What can go stale most easily, the words, is held here.
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'docs', 'pictures');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const files = readdirSync(folder).filter((name) => name.endsWith('.svg'));
const { screen, domain, content, warehouse, cli } = wordsOf('en');

const textOf = (file: string): string =>
  Array.from(readFileSync(join(folder, file), 'utf8').matchAll(/<text [^>]*>([^<]*)<\/text>/g), (found) => found[1])
    .join(' ')
    .replaceAll('\u00a0', ' ')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What every picture of a screen must say, in the words of today. */
const said: Readonly<Record<string, readonly string[]>> = {
  today: [screen.title.lookup, screen.needsAttention, domain.conflicts('3'), screen.title.shops, screen.action.find],
  product: [screen.tab.integrations, screen.tab.why, screen.column.shop, screen.action.fetch],
  search: [screen.title.lookup, screen.find],
  content: [screen.tab.content, content.picture, content.title],
  stock: [screen.tab.stock, domain.available, screen.liveTitle],
  help: [screen.title.help],
  integrations: [screen.title.integrations, screen.show.missing],
  shops: [screen.title.shops, screen.column.health],
  why: [screen.tab.why, screen.action.why, screen.action.fetch],
  inactive: [screen.title.inactive, screen.column.sure, screen.column.onHand, screen.action.tick],
  conflicts: [screen.title.conflicts, screen.choicesTitle, screen.action.apply],
  timeline: [screen.tab.timeline, screen.column.event],
  activity: [screen.title.activity, screen.column.event, screen.column.who],
  messages: [screen.title.messages, screen.messagesHead],
  shop: [screen.title.shops, screen.action.sync],
  connect: [screen.form.save],
  warehouse: [screen.title.warehouse],
  push: [screen.title.push, screen.column.willBe, screen.pushState.asks, screen.action.apply],
  'push-question': [screen.title.push, screen.pushState.asks],
  'shop-id': [screen.title['shop-id'], screen.column.holder],
  'warehouse-form': [screen.title.warehouse, warehouse.formTitle, screen.form.save],
  command: [screen.title.lookup, screen.commandTitle],
  note: [screen.tab.integrations, screen.noteTitle],
  undo: [screen.title.lookup, screen.undoTitle],
  welcome: [cli.welcome.demo.replace(/^1 +/, '')],
};

test('every picture that this page shows is there', () => {
  const shown = Array.from(readme.matchAll(/docs\/pictures\/([\w.-]+)/g), (found) => found[1]);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((name) => !files.includes(name ?? ''))).toEqual([]);
});

const sizes = ['80x24', '120x40', '200x60'];

test('each screen is drawn small and wide, on light and on dark, and nothing else lies there', () => {
  const wanted = Object.keys(said).flatMap((name) =>
    ['light', 'dark'].flatMap((theme) => sizes.map((size) => `${name}-${theme}-${size}.svg`)),
  );
  expect(files.toSorted()).toEqual(wanted.toSorted());
});

test.each(files.map((file) => [file]))('%s says what the program says today', (file) => {
  const text = textOf(file);
  const words = said[file.replace(/-(?:light|dark)-.*/, '')] ?? [];
  expect(words.filter((word) => !text.includes(word))).toEqual([]);
});
