import { z } from 'zod';
import type { ShopErrorKind } from '../../../ports/shop-error.ts';
import { line } from '../../decode.ts';
import type { NewShopErrorDetail } from '../../http-request.ts';
import { type HttpResponse, saidOr, wordsIn } from '../../http-response.ts';
import { isHtml } from '../../network/html-page.ts';

/** What WooCommerce says when it will not: `{code, message, data: {status, params}}`. */
export type WooError = {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What is wrong with which parameter, in the shop's words. */
  readonly params: Readonly<Record<string, string>>;
};

const wooErrorSchema = z.object({
  code: line,
  message: line,
  data: z.object({ params: z.record(z.string(), z.unknown()).catch({}) }).catch({ params: {} }),
});

/** Reads what came with a bad status; empty words where it was no error of WooCommerce's. */
export function readWooError(status: number, json: unknown): WooError {
  const read = wooErrorSchema.safeParse(json);
  const { code = '', message = '', data } = read.success ? read.data : {};
  const params = Object.entries(data?.params ?? {}).map(([name, words]) => [name, String(words)]);
  return { status, code, message, params: Object.fromEntries(params) };
}

/** What an error means here; no kind where nothing better is known than its status. */
export type ErrorMeaning = { readonly kind?: ShopErrorKind; readonly detail: NewShopErrorDetail };

/**
 * WooCommerce gives a wrong secret and a missing right the same status and code; only the words differ, and
 * they come in the shop's language. Where they are not understood, the key is called wrong.
 */
const permissionMessage = /permission|rettighed|tillad|behörighet|tillatelse|berechtigung/i;

/** WooCommerce's own codes; whoever else refuses is a plug-in, or WordPress for one. */
export const isOwnCode = (code: string): boolean => code.startsWith('woocommerce_');

/**
 * Whether a plug-in that closes the API refused, in words of its own: to everybody, or to those who are not logged in, as a
 * key looks that it does not see. WooCommerce may never have been asked.
 */
export const isPlugins = ({ status, code }: WooError, reply: HttpResponse): boolean =>
  (status === 401 || status === 403) &&
  !isOwnCode(code) &&
  (code !== '' || (status === 401 && /^\s*[{[]/.test(reply.text)));

/** Whether a key that is right may not have been seen: the host, or a plug-in that takes the header for its own, took it away. */
export function looksLikeNoKey(wooError: WooError, reply: HttpResponse): boolean {
  const { status, code } = wooError;
  if (!isPlugins(wooError, reply)) return status === 401 && code === 'woocommerce_rest_cannot_view';
  return status === 401 || /auth(?:orization)?[_ ]header/i.test(reply.text.slice(0, 400));
}

export function meaningOfError(wooError: WooError, reply: HttpResponse): ErrorMeaning {
  const { status, code, message } = wooError;
  const said = code === '' ? undefined : `${code}: ${message}`;
  const detail = { doing: reply.doing, status, said };
  if (isPlugins(wooError, reply)) {
    const words = wordsIn(reply);
    const told = said ?? ('said' in words ? words.said : words.found);
    const found = `a plug-in of the site closes its API: ${told}`;
    return { kind: 'refused', detail: { ...detail, found, reason: 'closed-by-plugin' } };
  }
  if (status === 401 && permissionMessage.test(message)) {
    return { kind: 'forbidden', detail: { ...detail, permission: 'read' } };
  }
  if (status === 401 && code === 'woocommerce_rest_cannot_view') {
    const why = 'the shop saw no key, or one it does not know; or its host takes keys away';
    return { kind: 'unauthorized', detail: { ...detail, found: `"${said}" (${why})` } };
  }
  if (status === 404 && code === '' && !isHtml(reply)) {
    return { kind: 'unintelligible', detail: { ...detail, said: reply.text } };
  }
  // Here every 404 means that the API itself is not there: never that a product is gone.
  if (status === 404)
    return {
      kind: 'refused',
      detail: { ...detail, ...saidOr(said, 'there is no WooCommerce API here') },
    };
  return { detail };
}
