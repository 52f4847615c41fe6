import type { WarehouseProduct } from '../../../domain/warehouse/warehouse.ts';
import { shopErrorLines } from '../../../views/errors/error-lines.ts';
import { number } from '../../../views/format/numbers.ts';
import { span } from '../../../views/format/times.ts';
import { brokenRowLines } from '../../../views/warehouse/broken-row.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { type ListColumn, printTable } from '../../output/print-list.ts';

const columns = (words: Words): readonly ListColumn<WarehouseProduct>[] => [
  { id: 'sku', title: words.cli.title.item, rank: 0, min: 6, max: 24, text: ({ sku }) => sku ?? '' },
  { id: 'name', title: words.cli.title.name, rank: 1, min: 6, max: 40, text: ({ name }) => name ?? '' },
  {
    id: 'available',
    title: words.domain.available,
    rank: 2,
    min: 4,
    max: 12,
    align: 'right',
    text: ({ level }) => (level === undefined ? '?' : number(level.available, words)),
  },
  {
    id: 'host',
    title: words.warehouse.title.hostId,
    rank: 3,
    min: 4,
    max: 16,
    text: ({ hostProductId }) => hostProductId ?? '',
  },
];

const test: CommandHandler<Session, object> = async (session) => {
  const { services, out, words, language } = session;
  const result = await services.warehouse.test(session.signal);
  const code = result.ok ? exit.ok : exit.connection;
  if (session.format === 'json') {
    out.data(jsonDocument('warehouse-test', { result }));
    return code;
  }
  if (!result.ok) {
    printError(out, shopErrorLines(result.trouble, words.warehouse.name, words));
    return code;
  }
  const { report, tookMs } = result;
  const label = services.warehouse.show()?.driver.label[language] ?? '';
  out.say([{ text: `✓ ${words.warehouse.connected(label)}`, tone: 'good' }, ` (${span(tookMs, words)})`]);
  for (const note of report.notes) out.say([{ text: `  ! ${note[language]}`, tone: 'waiting' }]);
  for (const line of brokenRowLines(report.broken, words)) out.say([{ text: `  ${line}`, tone: 'waiting' }]);
  if (report.sample.length === 0) out.say(words.warehouse.noProducts);
  else {
    out.say(words.warehouse.sample);
    printTable(session, columns(words), report.sample);
  }
  return code;
};

/** `warehouse test`: tries the connection and shows what comes. */
export const warehouseTestCommand = defineCommand({
  name: 'warehouse test',
  help: 'warehouseTest',
  run: test,
  examples: ['bindeled warehouse test'],
});
