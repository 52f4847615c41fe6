import type { ConflictChoice } from '../../../domain/conflict.ts';

/** The choices as they are typed. */
export const typedChoices = {
  keep: 'keep',
  move: 'move-the-link',
  'not-the-same': 'not-the-same',
  'accept-rename': 'accept-rename',
} as const satisfies Readonly<Record<string, ConflictChoice>>;

/** A choice as it is typed. */
export const typedFor = (choice: ConflictChoice): string =>
  Object.entries(typedChoices).find(([, meant]) => meant === choice)?.[0] ?? choice;
