import { asCsv, asJson } from '../../src/views/list/export-rows.ts';
import type { Column } from '../../src/views/list/table.ts';
import { useApp } from '../context/app-context.ts';

/** Writes the rows that are shown, as they are filtered and ordered, into a file and says where. */
export function useExport<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): () => void {
  const { openDialog, perform, notify, words, host, services } = useApp();
  const save = (ending: string, text: string): void =>
    perform(async () => {
      const stamp = services.now().slice(0, 19).replace(/[:T]/g, '-');
      notify(words.screen.exported(String(rows.length), await host.saveFile(`${name}-${stamp}.${ending}`, text)));
    });
  return () =>
    openDialog({
      kind: 'menu',
      title: words.screen.exportTitle(String(rows.length)),
      choices: [
        { label: 'CSV', note: words.screen.exportCsv, run: () => save('csv', asCsv(columns, rows)) },
        { label: 'JSON', note: words.screen.exportJson, run: () => save('json', asJson(columns, rows)) },
      ],
    });
}
