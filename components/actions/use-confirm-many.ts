import { useApp } from '../context/app-context.ts';

/** From so many on, the person types the number before anything happens. */
const confirmFrom = 50;

/** Does a thing at once for a few, and for many only after their number was typed. `of` says how many of what; products, when left out. */
export function useConfirmMany(): (count: number, run: () => void, of?: string) => void {
  const { words, openDialog } = useApp();
  return (count, run, of = words.screen.bulkTitle(String(count))) => {
    if (count < confirmFrom) return run();
    openDialog({
      kind: 'confirm',
      title: of,
      lines: [{ text: words.screen.bulkMany(String(count)), tone: 'waiting' }],
      yes: words.screen.go,
      questions: [{ label: words.screen.typeToConfirm(String(count)), answer: String(count) }],
      onYes: run,
    });
  };
}
