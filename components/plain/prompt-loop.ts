import { isCommandWord, parseCommand } from '../../src/views/commands/parse-command.ts';
import type { Route } from '../../src/views/navigation/route.ts';
import { cleanLines } from '../../src/views/text/cell-text.ts';
import type { PlainContext } from './plain-context.ts';
import { choiceOf, withErrorHandling } from './plain-context.ts';
import { runCommand } from './run-command.ts';
import { search } from './search-page.ts';
import { undo } from './undo-page.ts';

/** Says the choices and does what is answered, over and over, until the person leaves or the input has ended. */
export async function runPromptLoop(spoken: PlainContext, shopIds: readonly string[]): Promise<void> {
  // All that is said comes by here: what a shop wrote steers no terminal, whichever page says it.
  const context: PlainContext = {
    ...spoken,
    print: (text) => spoken.print(cleanLines(text)),
    ask: (text) => spoken.ask(cleanLines(text)),
  };
  context.print(context.words.screen.plain.welcome);
  let on = true;
  while (on) on = await promptOnce(context, shopIds);
}

type Choice = { readonly label: string; readonly page?: (context: PlainContext) => Promise<void> };

/** The screens that are choices, undo, and the one without a page, which leaves. */
const choicesIn = ({ screens, words }: PlainContext): readonly Choice[] => [
  ...screens
    .filter(({ isChoice }) => isChoice)
    .map(({ route, label, page }) => ({
      label: label(words),
      // A choice is a screen that needs not be told what it is about.
      page: (context: PlainContext) => page(context, { screen: route } as Route),
    })),
  { label: words.screen.undoTitle, page: undo },
  { label: words.screen.plain.leave },
];

async function promptOnce(context: PlainContext, shopIds: readonly string[]): Promise<boolean> {
  const { print, ask, words, palette } = context;
  const choices = choicesIn(context);
  print('');
  for (const [index, choice] of choices.entries()) print(`${index + 1}  ${choice.label}`);
  const answer = await ask(words.screen.plain.menu);
  if (answer === undefined) return false;
  if (answer === '') return true;
  const choice = choices[choiceOf(answer)];
  if (choice !== undefined && choice.page === undefined) return false;
  let on = true;
  await withErrorHandling(context, async () => {
    if (choice?.page !== undefined) return choice.page(context);
    const typed = answer.split(/\s/)[0] ?? '';
    const command = isCommandWord(typed, palette) ? parseCommand(answer, palette, shopIds) : undefined;
    // Anything that is no choice and no command is something to look for: a scan needs no menu.
    if (command === undefined) return search(context, answer);
    on = await runCommand(context, command);
  });
  return on && !context.signal.aborted;
}
