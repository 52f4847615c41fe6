import { useApp } from '../context/app-context.ts';

/** From so many on, the person types the number before anything happens. */
const confirmFrom = 50;

/** Does a thing at once for a few, and for many only after their number was typed. */
export function useConfirmMany(): (count: number, run: () => void) => void {
  const { words, openDialog } = useApp();
  return (count, run) => {
    if (count < confirmFrom) return run();
    openDialog({
      kind: 'confirm',
      title: words.screen.bulkTitle(String(count)),
      lines: [{ text: words.screen.bulkMany(String(count)), tone: 'waiting' }],
      yes: words.screen.go,
      questions: [{ label: words.screen.typeToConfirm(String(count)), answer: String(count) }],
      onYes: run,
    });
  };
}
