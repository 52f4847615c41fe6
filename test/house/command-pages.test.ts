import { expect, test } from 'vitest';
import { commandTable, manPage } from '../docs/command-pages.ts';
import { part } from '../docs/readme-sections.ts';
import { textOf } from './repository.ts';

test('the page of commands is made from the list (run "npm run readme" when it is not)', () => {
  expect(part(textOf('docs/commands.md'), 'command-table')).toBe(commandTable());
});

test('the man page is made from the list, and packed', () => {
  expect(textOf('man/bindeled.1')).toBe(manPage());
  const { files, man } = JSON.parse(textOf('package.json'));
  expect(man).toEqual(['man/bindeled.1']);
  expect(files).toContain('man');
});
