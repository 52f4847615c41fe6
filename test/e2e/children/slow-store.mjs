// Loaded before the program: the store's first file is read only once SIGUSR2 came.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { readFile } = promises;
// A timer, since a listener for a signal does not keep a program alive.
const patience = setTimeout(() => undefined, 60_000);
const released = new Promise((resolve) => process.once('SIGUSR2', resolve)).then(() => clearTimeout(patience));
promises.readFile = async (path, ...options) => {
  if (String(path).endsWith('store.json')) await released;
  return readFile(path, ...options);
};
syncBuiltinESMExports();
