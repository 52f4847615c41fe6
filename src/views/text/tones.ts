/** What a text wants to say by its colour. The word or sign beside it always says it too. */
export type Tone = 'good' | 'waiting' | 'wrong' | 'quiet' | 'strong' | 'accent';

/** A piece of a line in one tone. */
export type Piece = { readonly text: string; readonly tone?: Tone };
