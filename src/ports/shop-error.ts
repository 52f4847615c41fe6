import type { PushOutcome, Quantity } from './shop-connector.ts';

/**
 * What somebody can do decides the kind: two replies that call for the same act are one kind.
 * `unauthorized`: the key is wrong. `forbidden`: the key is right and lacks a permission. `moved`: the shop
 * answers from another address. `another-shop`: the address answers, but as another shop than before.
 */
export type ShopErrorKind =
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'not-found'
  | 'moved'
  | 'another-shop'
  | 'refused'
  | 'unintelligible'
  | 'cancelled';

/** What is wrong where one kind of trouble has several causes, each with something else to do; set where the error is made. */
export type ShopErrorReason =
  /** A redirect to a login, a maintenance page or a check for robots, or back to the same address. */
  | 'sent-to-people'
  /** The web host asks everybody for a password. */
  | 'host-password'
  | 'firewall'
  /** A plug-in of the site closes its API. */
  | 'closed-by-plugin'
  | 'proxy'
  | 'shows-nothing'
  | 'closed-by-platform'
  /** The shop answered, with an error of its own. */
  | 'own-error'
  /** The shop answered, and shows one product so that nobody can read it. */
  | 'unreadable-row'
  /** No key was found, so the shop was asked nothing. */
  | 'no-credentials'
  /** This program failed; the shop said nothing wrong. */
  | 'program-fault';

export type ShopErrorDetail = {
  /** The shop's id, as the person named it. */
  readonly shop: string;
  /** What was being done, in the gerund: "reading products". */
  readonly doing: string;
  readonly status?: number;
  /** Seconds the shop asks us to wait. */
  readonly retryAfter?: number;
  /** The permission that is missing, in the platform's own word. */
  readonly permission?: string;
  /** Where a redirect points, without credentials or query. */
  readonly target?: string;
  readonly reason?: ShopErrorReason;
  /** What was said, cleaned and cut to 200 characters; never a header, a key or a whole body. */
  readonly said?: string;
  /** Who said it: `shop` is quoted as it stands, `us` is one of our own phrases and told in the reader's language. */
  readonly saidBy?: 'us' | 'shop';
  /** The names that a key was looked for under. */
  readonly lookedFor?: readonly string[];
  /** What the shop showed in this reading cannot be: the next one begins anew rather than going on from there. */
  readonly distrusted?: true;
  /** Who stands before the shop refused, in no words of the shop's: what is like it is refused as well. */
  readonly inFront?: true;
  /** The rows at which a reading was given up, where a person may say that the shop has more by now. */
  readonly rowLimit?: number;
};

/** The one error a connector may throw. `kind` says what a person can do, `temporary` what a program can. */
export class ShopError extends Error {
  override readonly name = 'ShopError';
  readonly kind: ShopErrorKind;
  readonly detail: ShopErrorDetail;
  /** Figures of a push whose outcome is sure although this ended it: read back, or weighed before. Never logged. */
  settled: ReadonlyMap<Quantity, PushOutcome> | undefined;

  constructor(kind: ShopErrorKind, detail: ShopErrorDetail, cause?: unknown) {
    super(
      `${detail.shop}: ${kind} while ${detail.doing}${detail.status === undefined ? '' : ` (HTTP ${detail.status})`}`,
      { cause },
    );
    this.kind = kind;
    this.detail = detail;
  }

  /** Whether a write that ended so may have reached the shop all the same: it is read back, never taken as not done. */
  get mayBeWritten(): boolean {
    return this.kind === 'unreachable' || this.kind === 'unintelligible';
  }

  get temporary(): boolean {
    return this.kind === 'unreachable' || this.kind === 'rate-limited';
  }
}
