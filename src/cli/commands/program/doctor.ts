import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { storeErrorLines } from '../../../views/errors/store-error-lines.ts';
import { storeWarningLine } from '../../../views/errors/store-warning-lines.ts';
import { number } from '../../../views/format/numbers.ts';
import { healthTone, healthWord } from '../../../views/shops/shop-lines.ts';
import type { Tone } from '../../../views/text/tones.ts';
import { warehouseHealth } from '../../../views/warehouse/warehouse-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printFacts } from '../../output/print-list.ts';
import { fileSize, storeSpeedLine } from '../store/store-output.ts';

/** One thing that was looked at: fine, worth a look, or wrong. */
type Check = { readonly name: string; readonly is: 'good' | 'look' | 'wrong'; readonly said: string };

const folderCheck = (name: string, folder: string, session: Session): Check => {
  const { words } = session;
  if (!existsSync(folder)) return { name, is: 'good', said: `${folder} (${words.cli.notYet})` };
  try {
    accessSync(folder, constants.W_OK);
    return { name, is: 'good', said: folder };
  } catch {
    return { name, is: 'wrong', said: `${folder} (${words.cli.notWritable})` };
  }
};

const credentialsCheck = (session: Session): Check => {
  const { words, settings } = session;
  const file = join(settings.paths.config, 'credentials.json');
  const name = words.cli.fact.credentials;
  if (!existsSync(file)) return { name, is: 'good', said: `${file} (${words.cli.notYet})` };
  const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  return open ? { name, is: 'wrong', said: `${file}: chmod 600` } : { name, is: 'good', said: file };
};

/** What keeps changes from being written, when all else can be told. */
const refusedCheck = (refused: Parameters<typeof storeErrorLines>[0], { words }: Session): Check => {
  const { said, details } = storeErrorLines(refused, words);
  return { name: words.cli.fact.store, is: 'wrong', said: `${said} (${details.join(': ')})` };
};

const warehouseCheck = ({ services, words }: Session): readonly Check[] => {
  const overview = services.warehouse.show();
  if (overview === undefined) return [];
  const health = warehouseHealth(overview, { words, now: services.now() });
  return [{ name: words.warehouse.title.warehouse, ...health }];
};

const signs = { good: '✓', look: '○', wrong: '!' } as const;
const tones: Readonly<Record<Check['is'], Tone>> = { good: 'good', look: 'waiting', wrong: 'wrong' };

const doctor: CommandHandler<Session, object> = async (session) => {
  const { version } = session.program;
  const { services, out, words, settings, language } = session;
  const said = words.cli.fact;
  const [counts, shops] = [await services.counts(), await services.shops.list()];
  const maintenance = await session.storeMaintenance();
  const outgrown = await maintenance.outgrown(counts.integrations);
  const where = { kind: maintenance.kind, place: maintenance.place };
  const speed = await maintenance.explain({ readOnly: settings.readOnly });
  const { bytes, events } = await maintenance.size();
  const size = Object.values(bytes).reduce((sum, part) => sum + part, 0);
  const { paths } = settings;
  const zone = settings.unknownTimeZone;
  const checks: readonly Check[] = [
    ...(zone === undefined
      ? []
      : [{ name: said.timeZone, is: 'look' as const, said: words.screen.unknownTimeZone(zone) }]),
    folderCheck(said.configFolder, paths.config, session),
    folderCheck(said.dataFolder, paths.data, session),
    folderCheck(said.stateFolder, paths.state, session),
    credentialsCheck(session),
    ...settings.warnings.map((warning) => ({
      name: said.settings,
      is: 'look' as const,
      said: `${warning.where}: ${warning.key}`,
    })),
    ...(speed.refused === undefined ? [] : [refusedCheck(speed.refused, session)]),
    ...outgrown.map((warning) => ({
      name: said.store,
      is: 'look' as const,
      said: storeWarningLine(warning, words),
    })),
    ...warehouseCheck(session),
    ...shops.map((overview) => ({
      name: overview.shop.name,
      is:
        overview.health === 'good' || overview.health === 'paused'
          ? ('good' as const)
          : healthTone(overview.health) === 'wrong'
            ? ('wrong' as const)
            : ('look' as const),
      said: healthWord(overview.health, words),
    })),
  ];
  const code = checks.some(({ is }) => is === 'wrong') ? exit.findings : exit.ok;
  const terminal = { tty: out.isTerminal, columns: Number.isFinite(out.width) ? out.width : 0 };
  if (session.format === 'json') {
    const program = {
      version,
      node: process.versions.node,
      platform: process.platform,
      language,
      readOnly: settings.readOnly,
    };
    out.data(
      jsonDocument('doctor', {
        program,
        places: paths,
        store: { ...where, bytes, events, speed },
        terminal,
        counts,
        checks,
        actor: settings.actor.name,
      }),
    );
    return code;
  }
  printFacts(session, [
    ['Bindeled', version],
    ['Node', `${process.versions.node} (${process.platform} ${process.arch})`],
    [said.language, words.domain.language],
    [said.timeZone, settings.timeZone],
    [said.user, settings.actor.name],
    [said.readOnly, settings.readOnly ? words.domain.yes : words.domain.no],
    [said.terminal, terminal.tty ? words.cli.columns(number(terminal.columns, words)) : words.cli.noTerminal],
    [
      said.store,
      [
        `${words.cli.storeKind[where.kind]} (${where.place})`,
        words.domain.products(number(counts.products, words)),
        words.domain.integrations(number(counts.integrations, words)),
        words.domain.conflicts(number(counts.conflicts, words)),
      ].join(', '),
    ],
    [said.storeSize, `${fileSize(size, session)}, ${words.cli.eventsKept(number(events, words))}`],
    [said.speed, storeSpeedLine(speed, session)],
  ]);
  out.say();
  for (const check of checks)
    out.say([{ text: `${signs[check.is]} `, tone: tones[check.is] }, `${check.name}: ${check.said}`]);
  return code;
};

/** `doctor`: versions, places, terminal, store and shops in short. */
export const doctorCommand = defineCommand({
  name: 'doctor',
  help: 'doctor',
  run: doctor,
  examples: ['bindeled doctor'],
});
