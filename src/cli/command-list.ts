import type { CommandDefinition } from './command-context.ts';
import { conflictsCommand } from './commands/conflicts/conflicts.ts';
import { keepAllCommand } from './commands/conflicts/keep-all.ts';
import { settleCommand } from './commands/conflicts/settle.ts';
import { compareCommand } from './commands/diagnosis/compare.ts';
import { ticketCommand } from './commands/diagnosis/ticket.ts';
import { whyCommand } from './commands/diagnosis/why.ts';
import { fetchCommand } from './commands/fetch/fetch.ts';
import { logCommand } from './commands/history/log.ts';
import { timelineCommand } from './commands/history/timeline.ts';
import { undoCommand } from './commands/history/undo.ts';
import { reportCommand } from './commands/inactive/report.ts';
import { reportInactiveCommand } from './commands/inactive/report-inactive.ts';
import { verifyCommand } from './commands/inactive/verify.ts';
import { linkCommand } from './commands/integrations/link.ts';
import { linkImportCommand } from './commands/integrations/link-import.ts';
import { listCommand } from './commands/integrations/list-integrations.ts';
import { removeCommand } from './commands/integrations/remove.ts';
import { unlinkCommand } from './commands/integrations/unlink.ts';
import { unlinkImportCommand } from './commands/integrations/unlink-import.ts';
import { findCommand } from './commands/lookup/find.ts';
import { showCommand } from './commands/lookup/show.ts';
import { notForThisShopCommand } from './commands/marks/not-for-this-shop.ts';
import { noteCommand } from './commands/marks/note.ts';
import { tickCommand } from './commands/marks/tick.ts';
import { untickCommand } from './commands/marks/untick.ts';
import { patternsCommand } from './commands/patterns/patterns.ts';
import { completionCommand } from './commands/program/completion.ts';
import { completionValuesCommand } from './commands/program/completion-values.ts';
import { dashboardCommand } from './commands/program/dashboard.ts';
import { demoCommand } from './commands/program/demo.ts';
import { doctorCommand } from './commands/program/doctor.ts';
import { pushCommand } from './commands/push/push.ts';
import { serveCommand } from './commands/serve/serve.ts';
import { serveInstallCommand } from './commands/serve/serve-install.ts';
import { servePauseCommand, serveResumeCommand } from './commands/serve/serve-pause.ts';
import { serveRunCommand } from './commands/serve/serve-run.ts';
import { serveStatusCommand } from './commands/serve/serve-status.ts';
import { shopsCommand } from './commands/shops/shops.ts';
import { shopsAddCommand } from './commands/shops/shops-add.ts';
import { shopsChangeCommand } from './commands/shops/shops-change.ts';
import { shopsKeyCommand } from './commands/shops/shops-key.ts';
import { shopsListCommand } from './commands/shops/shops-list.ts';
import { shopsPauseCommand } from './commands/shops/shops-pause.ts';
import { shopsRemoveCommand } from './commands/shops/shops-remove.ts';
import { shopsResumeCommand } from './commands/shops/shops-resume.ts';
import { shopsShowCommand } from './commands/shops/shops-show.ts';
import { shopsTestCommand } from './commands/shops/shops-test.ts';
import { stockCommand } from './commands/stock/stock.ts';
import { stockImportCommand } from './commands/stock/stock-import.ts';
import { stockSetCommand } from './commands/stock/stock-set.ts';
import { storeCommand } from './commands/store/store.ts';
import { storeBackupCommand } from './commands/store/store-backup.ts';
import { storeCheckCommand } from './commands/store/store-check.ts';
import { storeCompactCommand } from './commands/store/store-compact.ts';
import { storeExportCommand } from './commands/store/store-export.ts';
import { storeImportCommand } from './commands/store/store-import.ts';
import { storeInitCommand } from './commands/store/store-init.ts';
import { storeMoveCommand } from './commands/store/store-move.ts';
import { storeRestoreCommand } from './commands/store/store-restore.ts';
import { storeShowCommand } from './commands/store/store-show.ts';
import { syncCommand } from './commands/sync/sync.ts';
import { warehouseCommand } from './commands/warehouse/warehouse.ts';
import { warehouseAddCommand } from './commands/warehouse/warehouse-add.ts';
import { warehouseChangeCommand, warehouseRemoveCommand } from './commands/warehouse/warehouse-change.ts';
import { warehouseKeyCommand } from './commands/warehouse/warehouse-key.ts';
import { warehouseListCommand } from './commands/warehouse/warehouse-list.ts';
import { warehouseLocationsCommand } from './commands/warehouse/warehouse-locations.ts';
import { warehousePreviewCommand } from './commands/warehouse/warehouse-preview.ts';
import { warehouseShowCommand } from './commands/warehouse/warehouse-show.ts';
import { warehouseSyncCommand } from './commands/warehouse/warehouse-sync.ts';
import { warehouseTestCommand } from './commands/warehouse/warehouse-test.ts';
import { warehouseWebhooksCommand } from './commands/warehouse/warehouse-webhooks.ts';
import {
  webhooksCommand,
  webhooksListCommand,
  webhooksSubscribeCommand,
  webhooksUnsubscribeCommand,
} from './commands/webhooks/webhooks.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly CommandDefinition[] = [
  dashboardCommand,
  findCommand,
  showCommand,
  whyCommand,
  timelineCommand,
  logCommand,
  listCommand,
  reportCommand,
  reportInactiveCommand,
  verifyCommand,
  conflictsCommand,
  settleCommand,
  keepAllCommand,
  patternsCommand,
  compareCommand,
  fetchCommand,
  syncCommand,
  pushCommand,
  stockCommand,
  stockSetCommand,
  stockImportCommand,
  warehouseCommand,
  warehouseAddCommand,
  warehouseKeyCommand,
  warehouseTestCommand,
  warehousePreviewCommand,
  warehouseSyncCommand,
  warehouseLocationsCommand,
  warehouseListCommand,
  warehouseWebhooksCommand,
  warehouseShowCommand,
  warehouseChangeCommand,
  warehouseRemoveCommand,
  linkCommand,
  linkImportCommand,
  unlinkCommand,
  unlinkImportCommand,
  removeCommand,
  undoCommand,
  tickCommand,
  untickCommand,
  noteCommand,
  notForThisShopCommand,
  ticketCommand,
  shopsCommand,
  shopsAddCommand,
  shopsListCommand,
  shopsShowCommand,
  shopsTestCommand,
  shopsKeyCommand,
  shopsChangeCommand,
  shopsPauseCommand,
  shopsResumeCommand,
  shopsRemoveCommand,
  serveCommand,
  serveRunCommand,
  serveStatusCommand,
  servePauseCommand,
  serveResumeCommand,
  serveInstallCommand,
  webhooksCommand,
  webhooksListCommand,
  webhooksSubscribeCommand,
  webhooksUnsubscribeCommand,
  storeCommand,
  storeShowCommand,
  storeMoveCommand,
  storeCheckCommand,
  storeBackupCommand,
  storeRestoreCommand,
  storeInitCommand,
  storeCompactCommand,
  storeExportCommand,
  storeImportCommand,
  doctorCommand,
  demoCommand,
  completionCommand,
  completionValuesCommand,
];
