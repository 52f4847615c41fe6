import type { Cause, Finding } from '../../domain/diagnosis/diagnosis.ts';
import type { ShopTrouble } from '../../domain/shop.ts';
import type { Words } from '../words/words.ts';

/** What is wrong between us and a shop, by its kind and its reason. */
type ConnectionTrouble = Pick<ShopTrouble, 'kind' | 'reason'>;

type Sort = keyof Words['domain']['connectionTrouble'];

const sortOfKind: Readonly<Record<string, Sort>> = {
  unauthorized: 'shut',
  forbidden: 'shut',
  'no-credentials': 'shut',
  moved: 'elsewhere',
  'another-shop': 'elsewhere',
  'not-found': 'elsewhere',
  'rate-limited': 'busy',
  refused: 'unusable',
  unintelligible: 'unusable',
};

function sortOf(trouble: ConnectionTrouble): Sort {
  switch (trouble.reason) {
    case 'shows-nothing':
      return 'showsNothing';
    case 'proxy':
      return 'silent';
    case 'own-error':
      return 'broken';
    case 'sent-to-people':
    case 'host-password':
    case 'firewall':
    case 'closed-by-plugin':
    case 'closed-by-platform':
    case 'no-credentials':
      return 'shut';
    case 'program-fault':
      return 'ourFault';
    default:
      return sortOfKind[trouble.kind] ?? 'silent';
  }
}

/** Why nothing can be asked of a shop: in a few words for a table cell, and as one whole sentence. */
export const connectionWords = (trouble: ConnectionTrouble, words: Words): { label: string; sentence: string } =>
  words.domain.connectionTrouble[sortOf(trouble)];

/** The trouble that a finding rests on, where it is one of the connection. */
function troubleIn({ cause, evidence }: Finding): ConnectionTrouble | undefined {
  if (cause !== 'connection-down') return undefined;
  const found = evidence.find(({ kind }) => kind === 'shop-does-not-answer');
  return found?.kind === 'shop-does-not-answer' ? { kind: found.troubleKind, reason: found.reason } : undefined;
}

/** A cause in a few words, for a table cell. */
export const causeLabel = (cause: Cause, words: Words): string => words.domain.cause[cause];

const causeSentence = (cause: Cause, words: Words): string => words.domain.causeSentences[cause];

/** A finding in a few words: its cause, and of a connection what is wrong with it. */
export function findingLabel(finding: Finding, words: Words): string {
  const trouble = troubleIn(finding);
  return trouble === undefined ? causeLabel(finding.cause, words) : connectionWords(trouble, words).label;
}

/** A finding as one whole sentence. */
export function findingSentence(finding: Finding, words: Words): string {
  const trouble = troubleIn(finding);
  return trouble === undefined ? causeSentence(finding.cause, words) : connectionWords(trouble, words).sentence;
}
