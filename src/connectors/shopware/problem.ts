import { z } from 'zod';
import type { ShopError } from '../../ports/shop-error.ts';
import { line } from '../decode.ts';
import type { Http } from '../http.ts';
import { type HttpResponse, saidOr } from '../http-response.ts';
import { jsonValue } from '../json/read-json.ts';

/** What Shopware says when it will not: the first of `{errors: [{code, status, title, detail, meta, source}]}`. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly said?: string;
  /** Privileges that the key lacks, as Shopware writes them: `product:read`. */
  readonly missing: readonly string[];
  /** Seconds until the limit of the token endpoint lets another one through. */
  readonly wait?: number;
};

const parameters = z.object({ seconds: z.coerce.number().optional() }).catch({});
const meta = z
  .union([z.object({ parameters }), z.array(z.object({ parameters })).transform(([first]) => first)])
  .optional()
  .catch(undefined);
const problemSchema = z.object({
  errors: z.array(z.object({ code: line.optional(), title: line.optional(), detail: line.optional(), meta })).min(1),
});

const missingPrivilege = 'FRAMEWORK__MISSING_PRIVILEGE_ERROR';
/** The missing privileges stand as JSON in the text of the error. */
const missingSchema = z.object({ missingPrivileges: z.array(z.string()) });

export function problemIn(reply: HttpResponse): Problem {
  const read = problemSchema.safeParse(jsonValue(reply.text));
  const first = read.success ? read.data.errors[0] : undefined;
  const missing = missingSchema.safeParse(jsonValue(first?.detail ?? ''));
  const words = [first?.code, first?.detail ?? first?.title].filter((word) => word !== undefined);
  return {
    status: reply.status,
    code: first?.code ?? '',
    said: missing.success
      ? `missing privileges: ${missing.data.missingPrivileges.join(', ')}`
      : words.length === 0
        ? undefined
        : words.join(': '),
    missing: missing.success ? missing.data.missingPrivileges : [],
    wait: first?.meta?.parameters.seconds,
  };
}

/** What a person can do about it. */
export function errorOf(http: Http, problem: Problem, reply: HttpResponse): ShopError {
  const { status, said } = problem;
  const detail = { doing: reply.doing, status, said };
  if (problem.missing.length > 0) {
    return http.trouble('forbidden', { ...detail, permission: problem.missing.join(', ') });
  }
  // The list of them may be cut short or written otherwise: the code alone says what it is about.
  if (problem.code === missingPrivilege) return http.trouble('forbidden', detail);
  // No page and no product is asked for by its path, so a 404 is about the API: never that a product is gone.
  if (status === 404)
    return http.trouble('refused', { ...detail, ...saidOr(said, 'there is no Shopware Admin API here') });
  if (status === 429 && problem.wait !== undefined && reply.headers['retry-after'] === undefined) {
    return http.trouble('rate-limited', { ...detail, retryAfter: problem.wait });
  }
  return http.troubleOf(reply, said, 'told-apart');
}
