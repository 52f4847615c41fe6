import { join } from 'node:path';
import type { Settings } from '../settings.ts';

/** Why the server cannot answer where the settings say. */
export type ListenProblem =
  | 'port-taken'
  | 'port-not-allowed'
  | 'low-port-not-allowed'
  | 'not-our-address'
  | 'unknown-host';

/** The server cannot answer at its address. The settings are well formed: it is the machine that does not let it. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly problem: ListenProblem;
  readonly host: string;
  readonly port: number;
  /** The settings' file, and the key in it that says where. */
  readonly where: string;

  constructor(problem: ListenProblem, { host, port, where }: Pick<ListenError, 'host' | 'port' | 'where'>) {
    super(`${problem}: ${host}:${port}`);
    this.problem = problem;
    this.host = host;
    this.port = port;
    this.where = where;
  }
}

const problems: Readonly<Record<string, ListenProblem>> = {
  EADDRINUSE: 'port-taken',
  EACCES: 'port-not-allowed',
  EADDRNOTAVAIL: 'not-our-address',
  EINVAL: 'not-our-address',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
};
/** Below it ports are the system's own on most machines. */
const firstFreePort = 1024;

/** What a failed `listen` means; anything else as it came. */
export function listenTrouble(error: unknown, { paths, serve: { host, port } }: Settings): unknown {
  const found = error instanceof Error && 'code' in error ? problems[String(error.code)] : undefined;
  if (found === undefined) return error;
  const problem = found === 'port-not-allowed' && port < firstFreePort ? 'low-port-not-allowed' : found;
  const key = problem === 'not-our-address' || problem === 'unknown-host' ? 'serve.host' : 'serve.port';
  return new ListenError(problem, { host, port, where: `${join(paths.config, 'config.json')}: ${key}` });
}
