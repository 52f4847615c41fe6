import { localTime } from '../../../views/format/times.ts';
import { eventSentence } from '../../../views/history/event-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { makeFormatContext, productsInEvents } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

const undo: CommandHandler<Session, { readonly list?: boolean }> = async (session, [seqText], options) => {
  const { services, out, words } = session;
  if (options.list === true) {
    const undoable = (await services.history.undoable(20)).filter(({ can }) => can);
    if (session.format === 'json') out.data(jsonDocument('undoable', { events: undoable.map(({ event }) => event) }));
    else {
      const events = undoable.map(({ event }) => event);
      const known = await makeFormatContext(session, await productsInEvents(session, events));
      for (const event of events)
        out.say(`${event.seq}  ${localTime(event.at, known.timeZone)}  ${eventSentence(event, known)}`);
      if (events.length === 0) out.note(words.domain.requestError.nothingToUndo.said);
    }
    return exit.ok;
  }
  const seq = seqText === undefined ? undefined : Number(seqText);
  if (seq !== undefined && !Number.isInteger(seq))
    throw new UsageError(words.cli.usage.notWholeNumber(seqText ?? ''), words.cli.tip.undo);
  const event = await services.history.undo(seq);
  const known = await makeFormatContext(session, await productsInEvents(session, [event]));
  if (session.format === 'json') out.data(jsonDocument('undone', { event }));
  else out.say(words.cli.undone(eventSentence(event, known)));
  return exit.ok;
};

/** `undo`: takes back what was done by hand. */
export const undoCommand = defineCommand({
  name: 'undo',
  help: 'undo',
  arguments: [{ name: '[number]', help: 'eventNumber' }],
  options: [{ flags: '--list', help: 'undoList' }],
  screen: onScreen(() => ({ kind: 'undo' })),
  run: undo,
  examples: ['bindeled undo', 'bindeled undo --list', 'bindeled undo 2261'],
});
