import type { Pattern } from '../../../services/patterns/pattern-service.ts';
import { goTo } from '../../../views/commands/palette.ts';
import { patternLine } from '../../../views/patterns/pattern-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { loadProducts, makeFormatContext, resolveOptionalShop } from '../../resolve-arguments.ts';

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

const patterns: CommandHandler<Session, { readonly shop?: string }> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const found = await services.patterns.list(await resolveOptionalShop(session, options.shop));
  const code = found.length === 0 ? exit.ok : exit.findings;
  if (session.format === 'json') {
    out.data(jsonDocument('patterns', { patterns: found }));
    return code;
  }
  if (found.length === 0) out.note(words.cli.noPatterns);
  const named = await loadProducts(
    session,
    found.flatMap(({ productIds }) => productIds.slice(0, namesShown)),
  );
  const known = await makeFormatContext(session, named);
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
export const patternsCommand = defineCommand({
  name: 'patterns',
  help: 'patterns',
  options: [shopOption()],
  screen: onScreen(() => goTo({ screen: 'lookup' })),
  run: patterns,
  examples: ['bindeled patterns --shop no'],
});
