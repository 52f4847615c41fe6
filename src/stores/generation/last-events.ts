/** Where the events of a line begin, which stand last in it: within a text every quote has a backslash before it. */
const eventsMark = Buffer.from(',"events":[');

/**
 * The events of a line of the journal without its records, which are most of it. Nothing where they cannot be told so:
 * a list of that name further in has closing brackets behind it that are none of its own.
 */
export function lastEvents(body: Buffer): readonly unknown[] | undefined {
  const at = body.lastIndexOf(eventsMark);
  if (at < 0) return undefined;
  try {
    const { events }: { events: readonly unknown[] } = JSON.parse(`{${body.toString('utf8', at + 1)}`);
    return events;
  } catch {
    return undefined;
  }
}
