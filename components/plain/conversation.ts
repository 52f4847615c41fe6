import { isCommandWord, parseCommand } from '../../src/views/input/commands.ts';
import { plainMenu } from '../../src/views/input/plain-menu.ts';
import { obey } from './command.ts';
import { plainPages, search } from './pages.ts';
import { attempt, type PlainRoom } from './room.ts';

/** Says the choices and does what is answered, over and over, until the person leaves or the input has ended. */
export async function converse(room: PlainRoom, shopIds: readonly string[]): Promise<void> {
  room.say(room.words.screen.plain.welcome);
  let on = true;
  while (on) on = await oneTurn(room, shopIds);
}

async function oneTurn(room: PlainRoom, shopIds: readonly string[]): Promise<boolean> {
  const { say, ask, words } = room;
  const choices = plainMenu(words);
  say('');
  for (const [index, choice] of choices.entries()) say(`${index + 1}  ${choice.label}`);
  const answer = await ask(words.screen.plain.menu);
  if (answer === undefined) return false;
  if (answer === '') return true;
  const page = choices[Number(answer) - 1]?.page;
  if (page === 'leave') return false;
  let on = true;
  await attempt(room, async () => {
    if (page !== undefined) return plainPages[page](room);
    const command = isCommandWord(answer.split(/\s/)[0] ?? '') ? parseCommand(answer, shopIds) : undefined;
    // Anything that is no choice and no command is something to look for: a scan needs no menu.
    if (command === undefined) return search(room, answer);
    on = await obey(room, command);
  });
  return on && !room.signal.aborted;
}
