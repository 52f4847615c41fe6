/** English words of the screen. */
export const screen = {};
