/** English words of the domain. */
export const domain = {};
