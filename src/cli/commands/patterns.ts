import type { Pattern } from '../../services/services.ts';
import { patternLine } from '../../views/triage/pattern-lines.ts';
import { jsonDocument } from '../answers/json.ts';
import { exit } from '../exit.ts';
import { pickShopIfAny, productsNamed, tell } from '../pick.ts';
import type { CommandMaker, Session, Work } from '../session.ts';

const namesShown = 8;

/** The one command that mends the whole pattern, or shows what mends it. What a person deleted comes back by fetching (S9). */
function commandFor({ repair, shopId }: Pattern): string | undefined {
  switch (repair) {
    case 'fetch-products':
    case 'undo-removals':
    case 'activate-in-shop-by-hand':
      return `bindeled fetch --missing --shop ${shopId}`;
    case 'open-shop-health':
      return `bindeled shops show ${shopId}`;
    case 'sync-shop':
      return `bindeled sync ${shopId} --full`;
    case 'open-conflicts':
      return `bindeled conflicts --shop ${shopId}`;
    case 'none':
      return undefined;
    default:
      return repair satisfies never;
  }
}

const patterns: Work<Session, { readonly shop?: string }> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const found = await services.patterns(await pickShopIfAny(session, options.shop));
  const code = found.length === 0 ? exit.ok : exit.findings;
  if (session.format === 'json') {
    out.data(jsonDocument('patterns', { patterns: found }));
    return code;
  }
  if (found.length === 0) out.note(words.cli.noPatterns);
  const named = await productsNamed(
    session,
    found.flatMap(({ productIds }) => productIds.slice(0, namesShown)),
  );
  const known = await tell(session, named);
  for (const pattern of found) {
    const line = patternLine(pattern, known);
    const names = pattern.productIds.slice(0, namesShown).map(known.productName).join(', ');
    const more = pattern.productIds.length > namesShown ? ', …' : '';
    out.say([{ text: line.shop, tone: 'strong' }, `  ${line.sentence}`, line.facts === '' ? '' : ` (${line.facts})`]);
    out.say(`    ${names}${more}`);
    out.say(['    ', { text: `${words.domain.next}: `, tone: 'accent' }, line.repair]);
    const command = commandFor(pattern);
    if (command !== undefined) out.say(`      ${command}`);
  }
  return code;
};

/** `patterns`: many cases as one. */
export const addPatterns: CommandMaker = (program, { words, run }) => {
  program
    .command('patterns')
    .description(words.cli.help.patterns)
    .option('--shop <id>', words.cli.help.onlyShop)
    .action(run(patterns));
};
