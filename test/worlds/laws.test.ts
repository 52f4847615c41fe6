import { describe, it } from 'vitest';
import { holds, laws } from './laws.ts';

/** The same worlds each time, so that a failure is a change of ours. `npm run test:worlds` tries others. */
const seed = 20_261_125;

describe('the laws hold in made-up worlds', () => {
  it.each(laws)('$name', (law) => holds(law, seed, 150), 30_000);
});
