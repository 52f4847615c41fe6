type Parts<Makers> = { readonly [Name in keyof Makers]: Makers[Name] extends () => infer Part ? Part : never };

/** An object whose parts are made when they are first asked for: the words of the dashboard are no use to a command. */
export function lateParts<const Makers extends Readonly<Record<string, () => unknown>>>(makers: Makers): Parts<Makers> {
  const parts = {};
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(parts, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = make();
        Object.defineProperty(parts, name, { enumerable: true, value });
        return value;
      },
    });
  }
  return parts as Parts<Makers>;
}
