import type { StoreWarning } from '../../ports/store-error.ts';

// Measured with `node bench/store.ts`: up to here a store opens in about a second and takes less than a gigabyte.
const sensibleIntegrations = 300_000;
const sensibleBytes = 512 * 1024 * 1024;
const sensibleJournal = 64 * 1024 * 1024;

/** What the program says when a store outgrows its kind. */
export function storeWarnings(store: {
  readonly integrations: number;
  readonly bytes: { readonly snapshot: number; readonly journal: number };
}): readonly StoreWarning[] {
  const { integrations, bytes } = store;
  const all = bytes.snapshot + bytes.journal;
  const warnings: StoreWarning[] = [];
  if (integrations > sensibleIntegrations) {
    warnings.push({ kind: 'many-integrations', integrations, sensible: sensibleIntegrations });
  }
  if (all > sensibleBytes) warnings.push({ kind: 'large-files', bytes: all, sensible: sensibleBytes });
  if (bytes.journal > Math.max(sensibleJournal, bytes.snapshot)) {
    warnings.push({ kind: 'long-journal', bytes: bytes.journal, sensible: sensibleJournal });
  }
  return warnings;
}
