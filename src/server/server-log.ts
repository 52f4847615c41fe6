/** What the server did, a JSON line each; whatever hides secrets lies behind it. */
export type ServerLog = {
  info(what: string, particulars?: Readonly<Record<string, unknown>>): void;
  warn(what: string, particulars?: Readonly<Record<string, unknown>>): void;
  error(what: string, particulars?: Readonly<Record<string, unknown>>): void;
};
