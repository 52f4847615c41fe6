import './node-guard.ts';
import { openingFor } from './opening.ts';

// A person sees the first frame before anything that it does not need is loaded.
const args = process.argv.slice(2);
const opening = await openingFor(args, process.env);
const { run } = await import('./run.ts');
process.exitCode = await run(args, opening);
opening?.end();
// What is kept alive for later (sockets, watchers) is of no use now. Answers are written by then: see quiet-pipe.ts.
process.stdout.write('', () => process.exit());
