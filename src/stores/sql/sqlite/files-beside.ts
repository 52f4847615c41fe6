/** What SQLite lays beside a file: the log that changes are written into first, and what its readers share. */
export const besides: readonly string[] = ['-wal', '-shm'];

/** Where SQLite writes changes first, and what has not been taken into the file yet. */
export const logOf = (path: string): string => `${path}-wal`;
