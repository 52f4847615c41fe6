import { addCompare } from './compare.ts';
import { addCompletion } from './completion.ts';
import { addConflicts } from './conflicts.ts';
import { addDashboard } from './dashboard.ts';
import { addDoctor } from './doctor.ts';
import { addFetch } from './fetch.ts';
import { addFind } from './find.ts';
import { addLinks } from './links.ts';
import { addList } from './list-integrations.ts';
import { addMarks } from './marks.ts';
import { addPatterns } from './patterns.ts';
import { addPush } from './push.ts';
import { addReport } from './report.ts';
import type { CommandMaker } from './session.ts';
import { addShops } from './shops.ts';
import { addShow } from './show.ts';
import { addStock } from './stock.ts';
import { addStoreCare } from './store.ts';
import { addSync } from './sync.ts';
import { addTicket } from './ticket.ts';
import { addTimeline } from './timeline.ts';
import { addWhy } from './why.ts';

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
