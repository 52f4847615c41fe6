/** What a text wants to say by its colour. The word beside it always says it too. */
export type Tone = 'good' | 'waiting' | 'wrong' | 'quiet' | 'strong' | 'accent';
