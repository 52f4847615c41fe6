import { asCsv, asJson } from '../../src/views/export-lines.ts';
import type { Column } from '../../src/views/table.ts';
import { useDesk } from '../desk/use-desk.ts';

/** Writes the rows that are shown, as they are filtered and ordered, into a file and says where. */
export function useExport<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): () => void {
  const { ask, act, say, words, outside, services } = useDesk();
  const save = (ending: string, text: string): void =>
    act(async () => {
      const stamp = services.now().slice(0, 19).replace(/[:T]/g, '-');
      say(words.screen.exported(String(rows.length), await outside.saveFile(`${name}-${stamp}.${ending}`, text)));
    });
  return () =>
    ask({
      kind: 'menu',
      title: words.screen.exportTitle(String(rows.length)),
      choices: [
        { label: 'CSV', note: words.screen.exportCsv, run: () => save('csv', asCsv(columns, rows)) },
        { label: 'JSON', note: words.screen.exportJson, run: () => save('json', asJson(columns, rows)) },
      ],
    });
}
