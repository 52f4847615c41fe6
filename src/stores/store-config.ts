import type { StoreConfig } from '../ports/store-engine.ts';

/** Where stores lie that no other place was said for. */
export type StorePlaces = {
  readonly jsonFolder: string;
  readonly sqliteFile: string;
  /** Where passwords of PostgreSQL servers are looked for that are said nowhere else. */
  readonly passwordFile?: string;
  /** The server, or the folder of its socket, where an address names none. */
  readonly postgresHost?: string;
};

/**
 * Which store a text names: `json:` (or nothing at all), `sqlite:` or `sqlite:/path/file`, `postgres://…`. Answers
 * `undefined` for any other text.
 */
export function storeConfig(text: string, places: StorePlaces): StoreConfig | undefined {
  const { jsonFolder, sqliteFile, passwordFile, postgresHost } = places;
  const wanted = text.trim();
  if (wanted === '' || wanted === 'json' || wanted === 'json:') return { kind: 'json', folder: jsonFolder };
  if (wanted === 'sqlite' || wanted === 'sqlite:') return { kind: 'sqlite', path: sqliteFile };
  if (/^sqlite:(?:\/\/)?\//.test(wanted)) return { kind: 'sqlite', path: wanted.replace(/^sqlite:(?:\/\/)?/, '') };
  if (!/^postgres(?:ql)?:\/\//i.test(wanted)) return undefined;
  return { kind: 'postgres', connection: withHost(wanted, postgresHost), passwordFile };
}

/** The address with the server that the environment names, where it names none itself. */
function withHost(address: string, host: string | undefined): string {
  const namesNone = /^\w+:\/\/(?:[^/?#@]*@)?(?:[/?]|$)/.test(address) && !/[?&]host=/.test(address);
  if (!namesNone || host === undefined || host === '') return address;
  return `${address}${address.includes('?') ? '&' : '?'}host=${encodeURIComponent(host)}`;
}
