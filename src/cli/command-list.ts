import type { AddCommand } from './command-context.ts';
import { addCompletion } from './commands/completion.ts';
import { addConflicts } from './commands/conflicts/conflicts.ts';
import { addDashboard } from './commands/dashboard.ts';
import { addCompare } from './commands/diagnosis/compare.ts';
import { addTicket } from './commands/diagnosis/ticket.ts';
import { addWhy } from './commands/diagnosis/why.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFetch } from './commands/fetch/fetch.ts';
import { addTimeline } from './commands/history/timeline.ts';
import { addReport } from './commands/inactive/report.ts';
import { addLinks } from './commands/integrations/links.ts';
import { addList } from './commands/integrations/list-integrations.ts';
import { addFind } from './commands/lookup/find.ts';
import { addShow } from './commands/lookup/show.ts';
import { addMarks } from './commands/marks/marks.ts';
import { addPatterns } from './commands/patterns/patterns.ts';
import { addPush } from './commands/push/push.ts';
import { addShops } from './commands/shops/shops.ts';
import { addStock } from './commands/stock/stock.ts';
import { addStore } from './commands/store/store.ts';
import { addSync } from './commands/sync/sync.ts';

/** Every command, in the order in which help lists them. */
export const addCommands = (version: string): readonly AddCommand[] => [
  addDashboard,
  addFind,
  addShow,
  addWhy,
  addTimeline,
  addList,
  addReport,
  addConflicts,
  addPatterns,
  addCompare,
  addFetch,
  addSync,
  addPush,
  addStock,
  addLinks,
  addMarks,
  addTicket,
  addShops,
  addStore,
  addDoctor(version),
  addCompletion,
];
