import type { Diagnosis, Evidence } from '../diagnosis/diagnosis.ts';
import { conflictProducts } from '../event.ts';
import type { ProductId } from '../ids.ts';

const inEvidence = (fact: Evidence): readonly ProductId[] => {
  if (fact.kind === 'id-held-by') return [fact.holder];
  return fact.kind === 'in-conflict' ? conflictProducts(fact.conflict) : [];
};

/** The other products that diagnoses speak of, each once: who holds an id, who else wants a link. */
export function namedProducts(diagnoses: readonly Diagnosis[]): readonly ProductId[] {
  const named = diagnoses.flatMap((one): readonly ProductId[] =>
    one.verdict === 'integrated'
      ? (one.notes ?? []).flatMap((note) => (note.kind === 'in-conflict' ? conflictProducts(note.conflict) : []))
      : one.findings.flatMap(({ evidence, against }) => [...evidence, ...against].flatMap(inEvidence)),
  );
  const own = new Set(diagnoses.map(({ productId }) => productId));
  return [...new Set(named)].filter((id) => !own.has(id));
}
