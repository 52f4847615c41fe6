/** What a person may choose for a Medusa shop. */
export type MedusaOptions = {
  /** The id of the stock location that gets our figure. */
  readonly location?: string;
};

export const locationOption = 'location';

/** Reads stored options; an empty one counts as none. */
export const parseOptions = (stored: Readonly<Record<string, string>>): MedusaOptions => ({
  location: stored[locationOption] || undefined,
});
