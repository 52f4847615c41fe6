import type { Exported } from '../../src/views/list/export-rows.ts';
import { useApp } from '../context/app-context.ts';

/** Writes the rows that are shown, as they are filtered and ordered, into a file and says where. */
export function useExport(name: string, { count, csv, json }: Exported): () => void {
  const { openDialog, perform, notify, words, host, services } = useApp();
  const save = (ending: string, text: string): void =>
    perform(async () => {
      const stamp = services.now().slice(0, 19).replace(/[:T]/g, '-');
      notify(words.screen.exported(String(count), await host.saveFile(`${name}-${stamp}.${ending}`, text)));
    });
  return () =>
    openDialog({
      kind: 'menu',
      title: words.screen.exportTitle(String(count)),
      choices: [
        { label: 'CSV', note: words.screen.exportCsv, run: () => save('csv', csv()) },
        { label: 'JSON', note: words.screen.exportJson, run: () => save('json', json()) },
      ],
    });
}
