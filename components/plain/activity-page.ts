import { eventLine } from '../../src/views/history/event-lines.ts';
import { joinParts, list, maxLines, type PlainContext } from './plain-context.ts';

/** Says what happened, newest first. */
export async function activity(context: PlainContext): Promise<void> {
  const events = await context.services.history.list({ limit: maxLines });
  list(
    context,
    events.map((event) => {
      const line = eventLine(event, context.formatFor());
      return joinParts(line.local, line.shop, line.sentence, line.who);
    }),
  );
}
