const booleanWords: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  on: true,
  '0': false,
  false: false,
  no: false,
  off: false,
};

/** What a variable says that is either on or off; nothing where it says neither. */
export const parseBoolean = (value: string | undefined): boolean | undefined =>
  booleanWords[value?.trim().toLowerCase() ?? ''];
