import type { Instant, ShopId } from '../domain/ids.ts';
import type { ShopError, ShopErrorDetail, ShopErrorKind } from '../ports/shop-error.ts';
import type { JsonLimits } from './json/json-limits.ts';

export type HttpRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a `bigint` as a number with all its digits. */
  readonly json?: unknown;
  /** Sent as it is, under this content type. */
  readonly text?: { readonly body: string; readonly type: string };
  /** The answer is wanted as it came, a letter a byte: a part of a file may end within a letter. */
  readonly asBytes?: boolean;
  /** What is being done, in the gerund: "reading products". */
  readonly doing: string;
};

export type HttpOptions = {
  readonly shopId: ShopId;
  /** Everything that must never be seen. */
  readonly secrets: readonly string[];
  readonly now: () => Instant;
  /** A PEM file that vouches for a shop behind a private CA. */
  readonly caFile?: string;
  /** Milliseconds for a whole answer; 60 s when left out. */
  readonly timeoutMs?: number;
  /** Bytes of a whole answer, unpacked; 20 MB when left out. */
  readonly maxBytes?: number;
  /** Depth, rows and length of texts of an answer; `none` where it is no JSON, so that only its bytes count. */
  readonly jsonLimits?: JsonLimits | 'none';
  /** Looks at an answer that is no JSON while it comes in; throws a `JsonLimitError`. */
  readonly makeScanner?: () => { push(chunk: Uint8Array): void };
  /** What the program calls itself; "bindeled" when left out. */
  readonly userAgent?: string;
  /** The address of a proxy, for https alone and by CONNECT. No other setting of the machine counts. */
  readonly proxy?: string;
};

/** What an error is made of: the shop's words are `said`, ours are `found`; where both are given, ours count. */
export type NewShopErrorDetail = Omit<ShopErrorDetail, 'shop' | 'saidBy'> & { readonly found?: string };

/** Makes an error about a shop. */
export type MakeShopError = (kind: ShopErrorKind, detail: NewShopErrorDetail, cause?: unknown) => ShopError;
