import { statSync } from 'node:fs';
import { readRegularFile } from '../../files/regular-file.ts';

/** Who logs in where, as the driver has worked it out. A socket's folder is a `host` too. */
export type Login = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
};

/**
 * The password that PostgreSQL's own password file has for a login: that of the first line that fits, `''` where none
 * does, and where others than its owner may read the file. https://www.postgresql.org/docs/current/libpq-pgpass.html
 */
export function passwordFromFile(file: string, login: Login): string {
  // A line names a socket by its folder, or as localhost.
  const hosts = login.host.startsWith('/') ? [login.host, 'localhost'] : [login.host];
  const wanted = [hosts, [String(login.port)], [login.database], [login.user]];
  for (const line of linesOf(file)) {
    const fields = fieldsOf(line);
    const password = fields[passwordPlace];
    const fits = wanted.every((values, place) => {
      const field = fields[place] ?? '';
      return field === '*' || values.includes(withoutEscapes(field));
    });
    if (fits && password !== undefined) return withoutEscapes(password);
  }
  return '';
}

const passwordPlace = 4;
const fieldsOf = (line: string): readonly string[] =>
  [...line.matchAll(/((?:\\.|[^:])*)(?::|$)/g)].map(([, field = '']) => field);

/** The lines of such a file that are no comments. */
const linesIn = (text: string): readonly string[] => text.split(/\r?\n/).filter((line) => !line.startsWith('#'));

/** Every password in such a file, as it is written there and as it is meant. */
export const passwordsIn = (text: string): readonly string[] =>
  linesIn(text).flatMap((line) => {
    const password = fieldsOf(line)[passwordPlace] ?? '';
    return [password, withoutEscapes(password)];
  });

/** The same of a file; none where it is not read for a login either. */
export const passwordsInFile = (file: string): readonly string[] => passwordsIn(linesOf(file).join('\n'));

/** `\:` and `\\` stand for a colon and a backslash. */
const withoutEscapes = (field: string): string => field.replace(/\\(.)/g, '$1');

/** The lines that are no comments; none where the file is not there, or where others than its owner may read it. */
function linesOf(file: string): readonly string[] {
  try {
    const isOpenToOthers = (statSync(file).mode & 0o077) !== 0;
    return isOpenToOthers ? [] : linesIn(`${readRegularFile(file)}`);
  } catch {
    // Without a password the server is asked all the same, and says whether it wants one.
    return [];
  }
}
