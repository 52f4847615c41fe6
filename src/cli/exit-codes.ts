/** How the program ends, for scripts. Findings are no failure: a report that found something ends with 1. */
export const exit = {
  ok: 0,
  findings: 1,
  usage: 2,
  connection: 3,
  partial: 4,
  store: 5,
  bug: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exit)[keyof typeof exit];
