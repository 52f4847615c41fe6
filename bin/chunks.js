import { lateServiceSet } from './late-services.js';

// Node takes about half a millisecond for each file that it loads, and a command needs a hundred modules. What every
// command loads lies in one file; what stands before the first frame of the dashboard lies in another, so that the
// frame waits for no more than it needs.

/** What the dashboard always has; a command only once something went wrong. */
const log = 'src/runtime/logger.ts';
/** All commands: one that is typed all day is loaded by itself (`typed-commands.ts`). */
const commandList = 'src/cli/command-list.ts';

/** The modules that are loaded for these, each set without what the ones before it hold. */
export const wholeSets = [
  { name: 'start', entries: ['src/main.ts'] },
  { name: 'frame', entries: ['src/runtime/terminal/first-frame.ts', 'components/terminal/startup-screen.ts'] },
  {
    name: 'command',
    entries: [
      'src/runtime/run.ts',
      commandList,
      'src/compose.ts',
      'src/settings.ts',
      'src/runtime/masked-report.ts',
      'src/services/webhooks/manage-webhooks.ts',
      'src/views/words/counts.ts',
      'src/views/words/late-parts.ts',
      log,
    ],
  },
  { name: 'server', entries: ['src/stores/sql/postgres/pool.ts'] },
  {
    name: 'sql',
    entries: [
      'store/store',
      'store/leases',
      'store/shared-state',
      'maintenance/maintenance',
      'migrations',
      'read-change',
      'lines-of-reused-ids',
    ].map((file) => `src/stores/sql/${file}.ts`),
  },
  { name: 'sqlite', entries: ['src/stores/sql/sqlite/store-engine.ts'] },
  { name: 'postgres', entries: ['src/stores/sql/postgres/store-engine.ts'] },
  { name: 'json', entries: ['src/stores/json-engine.ts'] },
];
/** The same for commands alone, whose server is called before all else is loaded. */
const late = [log, commandList];
const withoutLate = ({ name, entries }) => ({ name, entries: entries.filter((file) => !late.includes(file)) });
const ofDashboard = ['start', 'frame', 'server'];
export const commandSets = [
  // With what the server's part shares with all others: who asks no server does not load it.
  {
    name: 'call',
    entries: ['runtime/call-server', 'ports/store-error', 'stores/file-errors', 'stores/disk/password-file'].map(
      (file) => `src/${file}.ts`,
    ),
  },
  { name: 'server', entries: ['src/stores/sql/postgres/pool.ts'] },
  ...wholeSets.filter(({ name }) => !ofDashboard.includes(name)).map(withoutLate),
  lateServiceSet,
  { name: 'commands', entries: [commandList] },
];

/**
 * A plugin that follows what imports what, and the groups of modules that are written into one file each. An entry that
 * is no module of the program fails the build.
 */
export function makeChunks(root, sets) {
  const chunkOf = new Map();
  const plugin = {
    name: 'chunks',
    buildEnd(failed) {
      if (failed !== undefined) return;
      for (const { name, entries } of sets) {
        const waiting = entries.map((file) => (file.startsWith('\0') ? file : `${root}${file}`));
        for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
          const info = this.getModuleInfo(id);
          if (info === null) throw new Error(`${id} is no module of the program`);
          if (!info.isEntry) chunkOf.set(id, name);
          waiting.push(...info.importedIds.filter((one) => this.getModuleInfo(one) !== null && !chunkOf.has(one)));
        }
      }
    },
  };
  const groups = sets.map(({ name }, place) => ({
    name,
    priority: sets.length - place,
    test: (id) => chunkOf.get(id) === name,
  }));
  return { plugin, groups };
}
