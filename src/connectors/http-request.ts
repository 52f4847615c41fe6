import type { Instant, ShopId } from '../domain/ids.ts';
import type { ShopError, ShopErrorDetail, ShopErrorKind } from '../ports/shop-error.ts';

export type HttpRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, under this content type. */
  readonly text?: { readonly body: string; readonly type: string };
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
  /** Bytes of a whole answer, unpacked; 50 MB when left out. */
  readonly maxBytes?: number;
};

/** Makes an error about a shop. */
export type MakeShopError = (kind: ShopErrorKind, detail: Omit<ShopErrorDetail, 'shop'>, cause?: unknown) => ShopError;
