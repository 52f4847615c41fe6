import type { Busy } from './busy.ts';
import type { Jobs } from './jobs.ts';
import type { Messages } from './messages.ts';
import type { Tasks } from './tasks.ts';
import type { KeyDesk } from './terminal/key-desk.ts';
import type { Outside } from './terminal/outside.ts';

/** What lives as long as the program, outside the frames. */
export type Program = {
  readonly keys: KeyDesk;
  readonly busy: Busy;
  readonly messages: Messages;
  readonly jobs: Jobs;
  readonly tasks: Tasks;
  readonly outside: Outside;
  readonly leave: () => void;
  /** Milliseconds that only ever go on, from no particular moment. */
  readonly elapsed: () => number;
};
