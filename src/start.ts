import './runtime/environment/require-node-version.ts';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { leave, runCommand } from './runtime/run-command.ts';

// Where the launcher begins with a command that has a name. It is built as one script: to begin with an ES module takes
// Node 1.6 ms more.
const folder = dirname(fileURLToPath(import.meta.url));

void runCommand(process.argv.slice(2), folder).then((code) =>
  code === undefined ? import(pathToFileURL(join(folder, 'main.js')).href) : leave(code),
);
