/** Where the parts of a store lie within its folder. The manifest (`store.json`) lies at the top. */
export const historyFolder = 'history';
export const locksFolder = 'locks';
export const leasesFolder = 'leases';
export const sharedFolder = 'shared';

const numbered = (generation: number): string => String(generation).padStart(6, '0');

export const snapshotName = (generation: number): string => `snapshot-${numbered(generation)}.jsonl`;
export const journalName = (generation: number): string => `journal-${numbered(generation)}.jsonl`;
export const segmentName = (generation: number, part: number): string => `${numbered(generation)}-${part}.jsonl`;

/** Whether a name in the store's folder is a snapshot's, a journal's or a note's beside one. */
export const isGenerationFile = (name: string): boolean =>
  /^(snapshot|journal)-\d{6,}\.jsonl(\.confirmed)?$/.test(name);
