// The package sixel carries UPNG, which assigns itself to a name that it never declares: in a bundle, where all is strict,
// that is an error unless the name is there. Only the worker that unpacks pictures loads it.
Object.assign(globalThis, { UPNG: undefined });
