/** English words of the cli. */
export const cli = {};
