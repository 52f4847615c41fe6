import { expect, test } from 'vitest';
import { makers, part, tight } from '../docs/readme-sections.ts';
import { textOf } from '../house/repository.ts';

test('what the guide shows of a first quarter of an hour is what the program says (else run "npm run readme")', {
  timeout: 300_000,
}, async () => {
  const { page, make } = makers.transcript!;
  expect(tight(part(textOf(page), 'transcript'))).toBe(tight(await make()));
});
