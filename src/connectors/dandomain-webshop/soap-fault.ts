import { z } from 'zod';
import type { ShopErrorKind } from '../../ports/shop-error.ts';

/** What the shop complained of: a code of its own, and its words. */
export type Fault = { readonly code: string; readonly words: string };

const faultSchema = z.object({
  faultcode: z.unknown().optional(),
  faultstring: z.unknown().optional(),
  Code: z.object({ Value: z.unknown().optional(), Subcode: z.object({ Value: z.unknown() }).optional() }).optional(),
  Reason: z.object({ Text: z.unknown() }).optional(),
});

const text = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return typeof value === 'object' && value !== null && '$value' in value ? String(value.$value) : '';
};

/** The fault in an answer's body, wherever its code stands: SOAP 1.1 and 1.2 write it at three places. */
export function faultIn(body: unknown): Fault | undefined {
  const found = z.object({ Fault: faultSchema }).safeParse(body);
  if (!found.success) return undefined;
  const { faultcode, faultstring, Code, Reason } = found.data.Fault;
  const written = text(Code?.Subcode?.Value) || text(Code?.Value) || text(faultcode);
  return { code: written.replace(/^.*:/, ''), words: text(faultstring) || text(Reason?.Text) };
}

/** The session is over, or the login was wrong, or this user may not do that: one code for all three. */
export const isAuth = ({ code }: Fault): boolean => code.toUpperCase() === 'AUTH';

/** The shop has no product with this id. */
export const isNoProduct = ({ code }: Fault): boolean => code.toUpperCase() === 'PRODUCT';

/** PHP's words for a call that came with the wrong arguments: our slip, and no passing trouble. */
const isOurSlip = ({ words }: Fault): boolean => /too (few|many) arguments|exactly \d+ expected/i.test(words);

/** What somebody can do about a fault. */
export function kindOf(fault: Fault): ShopErrorKind {
  if (isOurSlip(fault)) return 'unintelligible';
  const code = fault.code.toUpperCase();
  if (code === 'AUTH') return 'unauthorized';
  if (code === 'MODULE') return 'forbidden';
  if (code === 'INTERNAL') return 'unreachable';
  return code === 'SERVER' ? 'unintelligible' : 'refused';
}

export const wordsOf = ({ code, words }: Fault): string => `${code}: ${words}`;
