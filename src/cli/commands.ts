import { addCompare } from './commands/compare.ts';
import { addCompletion } from './commands/completion.ts';
import { addConflicts } from './commands/conflicts.ts';
import { addDashboard } from './commands/dashboard.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFetch } from './commands/fetch.ts';
import { addFind } from './commands/find.ts';
import { addLinks } from './commands/links.ts';
import { addList } from './commands/list-integrations.ts';
import { addMarks } from './commands/marks.ts';
import { addPatterns } from './commands/patterns.ts';
import { addPush } from './commands/push.ts';
import { addReport } from './commands/report.ts';
import { addShops } from './commands/shops.ts';
import { addShow } from './commands/show.ts';
import { addStock } from './commands/stock.ts';
import { addStoreCare } from './commands/store.ts';
import { addSync } from './commands/sync.ts';
import { addTicket } from './commands/ticket.ts';
import { addTimeline } from './commands/timeline.ts';
import { addWhy } from './commands/why.ts';
import type { CommandMaker } from './session.ts';

/** Every command, in the order in which help lists them. */
export const commandMakers = (version: string): readonly CommandMaker[] => [
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
  addStoreCare,
  addDoctor(version),
  addCompletion,
];
