import { describe, it } from 'vitest';
import { holds, properties, unkindProperties } from '../model/properties.ts';

/** The same data each time, so that a failure is a change of ours. `npm run test:model` tries others. */
const seed = 20_261_125;

describe('the properties hold in generated data', () => {
  it.each([...properties, ...unkindProperties])('$name', (property) => holds(property, seed, 150), 30_000);
});
