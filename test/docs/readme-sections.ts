import { screens } from '../../components/screens/screen-list.ts';
import { run } from '../../src/demo/run-bindeled.ts';
import { actionGroups, actions, shownKeysOf } from '../../src/views/keyboard/keymap.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { files } from '../house/repository.ts';
import { commandTable, manPage } from './command-pages.ts';
import { platformMatrix, platformSections } from './platform-pages.ts';
import { transcript } from './transcript.ts';
import { tree } from './tree.ts';

/** What stands between two markers of a page, without the blank lines around it. */
export function part(page: string, name: string): string | undefined {
  return new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(page)?.[1]?.trim();
}

/** Columns are as wide as what stands in them, and an age of 10 s is wider than one of 9 s. */
export const tight = (text: string | undefined): string => (text ?? '').replace(/ {2,}/g, ' ').trim();

/** The page with another text between two markers. */
export const withPart = (page: string, name: string, text: string): string =>
  page.replace(
    new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
    (_, before: string, after: string) => `${before}\n${text}\n\n${after}`,
  );

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
const inCell = (text: string): string => text.replaceAll('|', '\\|');

/** The table of keys, from the keymap and the screens that the program itself asks. */
export function keyTable(): string {
  const { screen } = wordsOf('en');
  const digits = screens.flatMap(({ key, route }) =>
    key === undefined ? [] : [`| \`${key}\` | ${inCell(screen.title[route])} |`],
  );
  const rows = actionGroups.flatMap((group) => [
    ...(group === 'program' ? digits : []),
    ...actions
      .filter((action) => action.group === group)
      .map(({ id }) => {
        const keys = shownKeysOf(id).map((key) => `\`${inCell(key)}\``);
        return `| ${keys.join(' ')} | ${inCell(screen.action[id])} |`;
      }),
  ]);
  return ['| key | what it does |', '|---|---|', ...rows].join('\n');
}

/** The commands as the program tells of them. */
export async function commandList(): Promise<string> {
  const { out } = await run({ home: '/nowhere', language: 'en' }, ['--help']);
  return fenced('text', out.trimEnd());
}

type Page = `docs/${string}.md`;

/** What stands between two markers of a page is made by these. */
export const makers: Readonly<Record<string, { readonly page: Page; readonly make: () => Promise<string> | string }>> =
  {
    keys: { page: 'docs/keys.md', make: keyTable },
    commands: { page: 'docs/commands.md', make: commandList },
    tree: { page: 'docs/architecture.md', make: () => tree(files) },
    'platform-matrix': { page: 'docs/platforms.md', make: platformMatrix },
    'platform-sections': { page: 'docs/platforms.md', make: platformSections },
    transcript: { page: 'docs/guide.md', make: async () => fenced('console', await transcript()) },
    'command-table': { page: 'docs/commands.md', make: commandTable },
  };

/** Pages that are made whole. */
export const pages: Readonly<Record<string, { readonly page: string; readonly make: () => string }>> = {
  man: { page: 'man/bindeled.1', make: manPage },
};
