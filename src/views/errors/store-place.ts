/** Whether a store at such a place is a database on a server: it has no files that could be gone. */
export const isOnServer = (place: string): boolean => /^postgres(?:ql)?:/.test(place);
