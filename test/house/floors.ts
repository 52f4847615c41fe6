import type { Import, Source } from './source.ts';

/** One row of the table in the README: who may lean on whom. */
export type Floor = {
  readonly name: string;
  readonly holds: RegExp;
  /** Our own files it may name. */
  readonly may: readonly RegExp[];
  /** Our own files of which it may name the types only. */
  readonly mayTypes?: readonly RegExp[];
  /** Our own files it may name in an `import()` only. */
  readonly mayLazily?: readonly RegExp[];
  readonly packages: RegExp;
};

const domain = /^src\/domain\//;
const ports = /^src\/ports\//;
const views = /^src\/views\//;
const services = /^src\/services\//;
const files = /^src\/files\//;
/** What every connector has, and the folders that it lies in; all other folders are a platform's. */
const shared =
  /^src\/connectors\/((?!registry)[^/]+|(json|network|reading|secrets|driver-parts(\/(push|locations|rows))?)\/[^/]+)\.ts$/;
/** How a file is opened so that none without end is read. */
const regularFile = /^src\/files\/regular-file\.ts$/;
/** How a password that a server repeats is hidden. */
const redact = /^src\/connectors\/secrets\/redact\.ts$/;
const no = /^(?!)/;

/** The first row that holds a file is the one that counts. */
export const floors: readonly Floor[] = [
  { name: 'domain', holds: domain, may: [domain], packages: no },
  { name: 'ports', holds: ports, may: [domain, ports], packages: no },
  {
    name: 'views: cell text',
    holds: /^src\/views\/text\/cell-text\.ts$/,
    may: [domain, views],
    packages: /^string-width$/,
  },
  {
    name: 'views: the nearest name',
    holds: /^src\/views\/commands\/nearest-name\.ts$/,
    may: [domain, views],
    packages: /^fastest-levenshtein$/,
  },
  {
    name: 'views',
    holds: views,
    may: [domain, views],
    mayTypes: [
      /^src\/ports\/(shop|store)-error\.ts$/,
      /^src\/ports\/(blind-spot|platform|shop-connector|warehouse)\.ts$/,
      /^src\/services\/(services|[^/]+\/[a-z]+-service|dependencies\/(refusal|shop-failure|page))\.ts$/,
    ],
    packages: no,
  },
  { name: 'services', holds: services, may: [domain, ports, services], packages: /^(p-queue|fastest-levenshtein)$/ },
  {
    name: 'the registry of connectors',
    holds: /^src\/connectors\/registry\.ts$/,
    may: [domain, ports, /^src\/connectors\//],
    packages: no,
  },
  {
    name: 'what connectors have in common',
    holds: shared,
    may: [domain, ports, shared, regularFile],
    packages:
      /^(got|zod|p-retry|p-queue|entities|lossless-json|node:(fs|fs\/promises|crypto|tls|https|http|net|dns|url|buffer|stream|zlib))$/,
  },
  {
    name: 'a connector',
    holds: /^src\/connectors\/[^/]+\//,
    may: [domain, ports, shared],
    packages: /^(got|zod|p-retry|p-limit|soap|node:crypto)$/,
  },
  {
    name: 'the registry of warehouses',
    holds: /^src\/warehouses\/[^/]+\.ts$/,
    may: [domain, ports, shared, /^src\/warehouses\//],
    packages: no,
  },
  {
    name: 'a warehouse',
    holds: /^src\/warehouses\/[^/]+\//,
    may: [domain, ports, files, shared],
    packages: /^(zod|node:(fs|fs\/promises|path))$/,
  },
  {
    name: 'tables in files',
    holds: files,
    may: [domain, files],
    packages: /^(csv-parse(\/sync)?|lossless-json|node:fs)$/,
  },
  {
    name: 'stores',
    holds: /^src\/stores\//,
    may: [domain, ports, /^src\/stores\//, regularFile, redact],
    packages: /^(lowdb(\/node)?|zod|kysely|pg|node:.+)$/,
  },
  {
    name: 'components',
    holds: /^components\//,
    may: [domain, views, /^components\//],
    mayTypes: [services],
    packages:
      /^(react|react\/jsx-runtime|ink|@inkjs\/ui|node:(stream|events|process|child_process|tty|readline\/promises))$/,
  },
  {
    name: 'the server',
    holds: /^src\/server\//,
    may: [domain, ports, views, services, /^src\/server\//],
    packages: /^(croner|fastify|prom-client|nodemailer|zod|node:.+)$/,
  },
  {
    name: 'the command line',
    holds: /^src\/cli\//,
    may: [domain, views, services, files, /^src\/cli\//],
    mayTypes: [ports, /^src\/(settings|compose|runtime\/(credentials|log)|server\/(server|serve-settings))\.ts$/],
    packages: /^(commander|csv-parse(\/sync)?|csv-stringify(\/sync)?|lossless-json|node:.+)$/,
  },
  {
    name: 'simulated shops',
    holds: /^src\/demo\/simulators\//,
    may: [domain, ports, /^src\/demo\/simulators\//],
    packages: /^(graphql|fast-xml-parser|lossless-json|node:.+)$/,
  },
  { name: 'the demo', holds: /^src\/demo\//, may: [/^src\//], packages: /./ },
  {
    name: 'the front door',
    holds: /^src\/([^/]+|runtime\/.+)\.ts$/,
    may: [/^src\/(?!demo\/)/],
    mayLazily: [/^components\//],
    packages: /./,
  },
  { name: 'the garden gate', holds: /^(test|bench)\//, may: [/./], packages: /./ },
];

export const floorOf = (path: string): Floor | undefined => floors.find((floor) => floor.holds.test(path));

const ownFolder = (from: string, to: string): boolean => {
  const adapter = /^src\/(?:connectors|warehouses)\/[^/]+\//.exec(from)?.[0];
  return adapter !== undefined && to.startsWith(adapter);
};

/** Whether a file may name another file or package, and this way. */
export function allowed(from: string, one: Import): boolean {
  const floor = floorOf(from);
  if (floor === undefined) return false;
  const { file } = one;
  if (file === undefined) return floor.packages.test(one.specifier);
  if (/\.json$/.test(file)) return /^(package\.json$|data\/)/.test(file);
  if (ownFolder(from, file) || floor.may.some((may) => may.test(file))) return true;
  if (one.typeOnly && floor.mayTypes?.some((may) => may.test(file)) === true) return true;
  return one.lazy && floor.mayLazily?.some((may) => may.test(file)) === true;
}

/** The first ring of files that name one another, from a file back to itself. Types count. */
export function circle(sources: readonly Pick<Source, 'path' | 'imports'>[]): readonly string[] | undefined {
  const named = new Map(sources.map((source) => [source.path, source.imports.flatMap((one) => one.file ?? [])]));
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (path: string): readonly string[] | undefined => {
    const at = way.indexOf(path);
    if (at >= 0) return [...way.slice(at), path];
    if (done.has(path)) return undefined;
    way.push(path);
    for (const next of named.get(path) ?? []) {
      const ring = visit(next);
      if (ring !== undefined) return ring;
    }
    way.pop();
    done.add(path);
    return undefined;
  };
  for (const path of named.keys()) {
    const ring = visit(path);
    if (ring !== undefined) return ring;
  }
  return undefined;
}
