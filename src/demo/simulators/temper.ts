/** What a shop was asked, as its memory keeps it: never a key, a secret or a token. */
export type AskedRequest = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without credentials. */
  readonly query: Readonly<Record<string, string>>;
  /** The body, cut to 2,000 characters. */
  readonly body: string;
  /** Where the credentials came from. */
  readonly credentials: 'header' | 'query' | 'none';
};

export type FakeMemory = {
  /** Where the shop is served, once it is. */
  address?: string;
  readonly requests: AskedRequest[];
  /** Requests that were told to slow down. */
  throttled: number;
  /** How many were under way at once, at most. */
  maxAtOnce: number;
};

/** A shop's bad days. None unless set; a test sets what it needs on `shop.faults`, also in the middle. */
export type Temper = {
  /** Cuts every connection without an answer. */
  down: boolean;
  /** Takes the question and never answers. */
  silent: boolean;
  /** Answers a byte now and then and never ends. */
  slowDrip: boolean;
  /** Every n-th call is told to slow down, in the platform's own way; 0 means none. */
  throttleEvery: number;
  /** What such a call is told to wait: seconds, an HTTP date, or nothing. */
  retryAfter: string | undefined;
  /** So many of the next calls get `serverErrorStatus`. Counts down. */
  serverErrors: number;
  serverErrorStatus: number;
  /** A page of HTML with status 200, as login and maintenance pages do. */
  htmlPage: boolean;
  /** A firewall's page of HTML with status 403. */
  firewall: boolean;
  bomBeforeJson: boolean;
  /** A PHP notice before the JSON. */
  noticeBeforeJson: boolean;
  truncatedJson: boolean;
  emptyBody: boolean;
  /** Answers 301 to this address. */
  redirectTo: string | undefined;
  /** Answers 404 to everything, in HTML, as when the API is switched off. */
  nowhere: boolean;
  /** So many of the next writing calls are done, and the connection cut before the answer. Counts down. */
  loseAnswers: number;
  /** The host takes the Authorization header away. */
  dropsAuthorization: boolean;
  /** Lists have nothing, though the shelf is full. */
  emptyCatalog: boolean;
  /** Products and variants (ids) whose stock the shop refuses to write. */
  failItems: Set<string>;
  /** Products and variants (ids) that are shown so that nobody can read them. */
  brokenRows: Set<string>;
  /** What some rows (ids) show in place of what is true, field by field: plug-ins write what they like. */
  shownInstead: Map<string, Readonly<Record<string, unknown>>>;
  /** Who translates the shop: WPML shows its first language unless asked for another or all, Polylang shows all. */
  translatedBy: 'wpml' | 'polylang' | undefined;
  /** The front of the API is closed to everybody, keys included; what lies behind it is not. */
  loginWall: boolean;
  /** A firewall lets nothing but GET and PUT through. */
  refusesPost: boolean;
  /** A firewall turns away user agents that hold this text. */
  refusesAgent: string | undefined;
  /** A check for robots stands before the shop. */
  cloudflare: boolean;
  /** Pages hold so many rows at most. */
  maxPerPage: number | undefined;
  /** Asking for more is refused; else fewer come without a word. */
  refusesLargePages: boolean;
  /** Text that plug-ins print before and after the answer. */
  textBeforeJson: string;
  textAfterJson: string;
  /** So many of the next writing calls never reach the shop. Counts down. */
  dropWrites: number;
  /** So many of the next writing calls are done, and answered 504 by a gateway. Counts down. */
  gatewayTimeouts: number;
  /** The `Date` header as it is sent, in place of the shop's clock. */
  dateHeader: string | undefined;
  /** A byte of the head now and then, and never an answer. */
  slowHead: boolean;
  /** Pages hold fewer rows than asked for, also in the middle. */
  shortPages: boolean;
  /** Totals are taken away by a proxy. */
  noTotals: boolean;
  /** Shows the same page, whatever page is asked for. */
  forgetPage: boolean;
  /** The shop's clock less the true one. */
  clockSkewMs: number;
  /** How long each answer takes. For demos: tests never wait for time. */
  latencyMs: number;
  /** No answer goes out before this is fulfilled. */
  hold: Promise<unknown> | undefined;
  /** Only requests for which this holds meet a bad day; all, when left out. */
  only: ((request: AskedRequest) => boolean) | undefined;
  /** Called before each answer, so that a test can change the shelf between two pages. */
  beforeAnswer: ((request: AskedRequest) => void) | undefined;
};

export const calm = (): Temper => ({
  down: false,
  silent: false,
  slowDrip: false,
  throttleEvery: 0,
  retryAfter: undefined,
  serverErrors: 0,
  serverErrorStatus: 503,
  htmlPage: false,
  firewall: false,
  bomBeforeJson: false,
  noticeBeforeJson: false,
  truncatedJson: false,
  emptyBody: false,
  redirectTo: undefined,
  nowhere: false,
  loseAnswers: 0,
  dropsAuthorization: false,
  emptyCatalog: false,
  failItems: new Set(),
  brokenRows: new Set(),
  shownInstead: new Map(),
  translatedBy: undefined,
  loginWall: false,
  refusesPost: false,
  refusesAgent: undefined,
  cloudflare: false,
  maxPerPage: undefined,
  refusesLargePages: true,
  textBeforeJson: '',
  textAfterJson: '',
  dropWrites: 0,
  gatewayTimeouts: 0,
  dateHeader: undefined,
  slowHead: false,
  shortPages: false,
  noTotals: false,
  forgetPage: false,
  clockSkewMs: 0,
  latencyMs: 0,
  hold: undefined,
  only: undefined,
  beforeAnswer: undefined,
});
