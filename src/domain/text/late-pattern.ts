/**
 * A pattern that is made when it is first asked for. One with classes of Unicode takes Node 0.1 ms and more to make, and
 * a command that shows plain letters needs few of them.
 */
export function latePattern(make: () => RegExp): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
