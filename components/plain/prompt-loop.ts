import { isCommandWord, parseCommand } from '../../src/views/commands/parse-command.ts';
import { plainMenu } from '../../src/views/commands/plain-menu.ts';
import { plainPages, search } from './pages.ts';
import { type PlainContext, withErrorHandling } from './plain-context.ts';
import { runCommand } from './run-command.ts';

/** Says the choices and does what is answered, over and over, until the person leaves or the input has ended. */
export async function runPromptLoop(context: PlainContext, shopIds: readonly string[]): Promise<void> {
  context.print(context.words.screen.plain.welcome);
  let on = true;
  while (on) on = await promptOnce(context, shopIds);
}

async function promptOnce(context: PlainContext, shopIds: readonly string[]): Promise<boolean> {
  const { print, ask, words, palette } = context;
  const choices = plainMenu(words);
  print('');
  for (const [index, choice] of choices.entries()) print(`${index + 1}  ${choice.label}`);
  const answer = await ask(words.screen.plain.menu);
  if (answer === undefined) return false;
  if (answer === '') return true;
  const page = choices[Number(answer) - 1]?.page;
  if (page === 'leave') return false;
  let on = true;
  await withErrorHandling(context, async () => {
    if (page !== undefined) return plainPages[page](context);
    const command = isCommandWord(answer.split(/\s/)[0] ?? '', palette)
      ? parseCommand(answer, palette, shopIds)
      : undefined;
    // Anything that is no choice and no command is something to look for: a scan needs no menu.
    if (command === undefined) return search(context, answer);
    on = await runCommand(context, command);
  });
  return on && !context.signal.aborted;
}
