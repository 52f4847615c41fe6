import { appendFileSync, readdirSync, readFileSync } from 'node:fs';

/** A process that a test started: those of Node and those in a pseudo-terminal. */
type Child = { readonly pid?: number | undefined };

/** When a process was started, as the kernel counts: tells it from a later one of the same number. */
const startedAt = (pid: number): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
  } catch {
    return undefined;
  }
};

/** The processes that a process started, where the kernel tells. */
const childrenOf = (pid: number): readonly number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
};

/** Ends a process and all that it started. One that has ended already is no trouble. */
export function killTree(pid: number): void {
  const started = childrenOf(pid);
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was quicker.
  }
  for (const child of started) killTree(child);
}

/** Ends what a process started, and leaves it alone itself. */
export const killChildrenOf = (pid: number): void => childrenOf(pid).forEach(killTree);

/** The file in which every process that a run started is noted, for a worker that dies before it can clean up. */
export const childrenFile = 'BINDELED_TEST_CHILDREN';

/**
 * The folder where what one process compiled is there for the next: tests start the program a hundred times. The workers
 * themselves start without it, for each would take a second at its end to keep what nobody reads any more.
 */
export const compiledFolder = 'BINDELED_TEST_COMPILED';

const living = new Map<number, { readonly started: string | undefined; readonly inTest: boolean }>();
let inTest = false;

let endsWithUs = false;

/** Notes a process that was started, so that it never outlives its test, or its file where it was started outside one. */
export function registerChild<C extends Child>(child: C): C {
  if (child.pid === undefined) return child;
  const started = startedAt(child.pid);
  if (!endsWithUs) process.once('exit', () => killChildren('file'));
  endsWithUs = true;
  living.set(child.pid, { started, inTest });
  const file = process.env[childrenFile];
  if (file !== undefined) appendFileSync(file, `${child.pid} ${started ?? ''}\n`);
  return child;
}

export const testBegins = (): void => {
  inTest = true;
};

/** Ends what is still running: of the test that just ended, or of the whole file. */
export function killChildren(of: 'test' | 'file'): void {
  for (const [pid, child] of living) {
    if (of === 'test' && !child.inTest) continue;
    living.delete(pid);
    if (child.started !== undefined && startedAt(pid) === child.started) killTree(pid);
  }
  inTest = false;
}

/** Ends every process that is noted in a run's file and still runs. */
export function killNoted(file: string): void {
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [pid, started] = line.split(' ');
    if (started !== undefined && started !== '' && startedAt(Number(pid)) === started) killTree(Number(pid));
  }
}
