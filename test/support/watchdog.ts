import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childrenFile, compiledFolder, killChildrenOf, killNoted } from './children.ts';

/** Minutes that a whole run may take, on a machine that is busy with other things too. */
const maxMinutes = Number(process.env.BINDELED_TEST_MINUTES ?? 30);
/** Seconds that the runner may take to close after the last test. */
const maxClosingSeconds = 60;

/** Ends a run that does not end by itself, with all that it started. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-tests-'));
  const file = join(folder, 'children');
  writeFileSync(file, '');
  process.env[childrenFile] = file;
  process.env[compiledFolder] = join(folder, 'compiled');
  const stop = (why: string): never => {
    process.stderr.write(`\nThe tests were ended: ${why}\n`);
    killNoted(file);
    killChildrenOf(process.pid);
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  };
  const timer = setTimeout(() => stop(`they took more than ${maxMinutes} minutes.`), maxMinutes * 60_000);
  timer.unref();
  const killed = (): never => stop('the runner was told to.');
  const signals = ['SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, killed);
  return () => {
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, killed);
    killNoted(file);
    rmSync(folder, { recursive: true, force: true });
    setTimeout(() => {
      process.stderr.write('\nThe tests were ended: the runner did not close.\n');
      killChildrenOf(process.pid);
      process.exit(process.exitCode ?? 1);
    }, maxClosingSeconds * 1_000).unref();
  };
}
