import type { Instant, PlatformId } from '../domain/ids.ts';
import type { Shop } from '../domain/shop.ts';
import type { Clock } from './clock.ts';
import type { Capabilities, ShopConnector } from './shop-connector.ts';

/** A text in every language of the program. */
export type Localised = { readonly da: string; readonly en: string };

/** Secrets by the name the platform calls them. They live in a connector's closure and nowhere else. */
export type Secrets = Readonly<Record<string, string>>;

/** One value that a person types to let the program in. */
export type CredentialField = {
  /** Lower case, digits and underscores: the last part of its environment variable. */
  readonly name: string;
  /** The platform's own wording, as its admin shows it. */
  readonly label: string;
  /** Hidden while it is typed. A user name or a client id is not secret, a key is. */
  readonly secret: boolean;
  /** Where it is found in the platform's admin, in one line. */
  readonly hint: Localised;
  /** What a right value looks like; another one is refused before anything is asked. */
  readonly pattern?: RegExp;
  /** The shop replaces it at every use, so it must lie where its replacement can be kept: in the file, not in the environment. */
  readonly replaced?: true;
};

/** One way of being let in. A shop needs every field of one form, not of all. */
export type CredentialForm = {
  /** Tells the forms of one platform apart: `app`, `token`. */
  readonly id: string;
  readonly label: Localised;
  readonly fields: readonly [CredentialField, ...CredentialField[]];
};

/** One setting of a platform that a person may choose for a shop; no secrets. */
export type OptionField = {
  readonly name: string;
  readonly label: Localised;
  readonly hint: Localised;
  /** What may be chosen, where that is fixed. What depends on the shop comes as `choices` of a connection test. */
  readonly choices?: readonly string[];
  readonly usual?: string;
  /** Whether a value that is typed can be used; any can, where this is absent. */
  readonly accepts?: (value: string) => boolean;
};

/** The settings of a platform: their fields, and the check of what was stored (a zod schema fits). */
export type OptionForm<Options> = {
  readonly fields: readonly OptionField[];
  /** Reads stored options; throws where they are wrong. Unknown names are kept out. */
  readonly parse: (stored: Readonly<Record<string, string>>) => Options;
};

/** What is wrong with an address that was typed. `lookalike`: its letters are of several alphabets; the ASCII form is told. */
export type UrlProblem = 'not-a-url' | 'has-credentials' | 'plain-http' | 'no-host' | 'lookalike';
export type UrlResult = { readonly url: string } | { readonly problem: UrlProblem; readonly ascii?: string };

/** What an address answered when it was asked without any key. */
export type Detection = {
  readonly platform: PlatformId;
  /** `sure`: nothing else answers so. `likely`: another platform could. */
  readonly confidence: 'sure' | 'likely';
  /** The base address that the program would keep. */
  readonly url: string;
  readonly name?: string;
  readonly version?: string;
};

/** Asks an address without a key: no redirect is followed, answers are cut off at 1 MB, and nothing is thrown for a bad status. */
export type Probe = (
  url: URL,
  signal: AbortSignal,
) => Promise<
  { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string } | undefined
>;

/** Where secrets lie that a shop replaces by itself. */
export type SecretKeeping = {
  /** Alone among all programs: hands over what is kept now, and keeps what comes back before it answers. */
  readonly renew: (next: (kept: Secrets) => Promise<Secrets>) => Promise<Secrets>;
};

/** What a connector is made of. */
export type ConnectorInput<Options> = {
  readonly shop: Shop;
  readonly secrets: Secrets;
  /** Left out where the secrets come from the environment, which nobody can write. */
  readonly keeping?: SecretKeeping;
  readonly options: Options;
  readonly clock: Clock;
};

/** A request as it came in, its body before any parsing. Header names are lower case. */
export type RawRequest = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What stood behind the path's secret, without the query. */
  readonly path: string;
};

/** What a shop told by itself: a hint to ask again, never a fact. */
export type ShopSignal = {
  readonly kind: 'changed' | 'deleted' | 'stock' | 'order';
  readonly shopProductId?: string;
  readonly shopVariantId?: string;
  /** The platform's other key of a product, where the signal names no id: asked for by SKU. */
  readonly sku?: string;
  /** The shop's own number of this delivery, the same when it is delivered again. */
  readonly deliveryId?: string;
  readonly at?: Instant;
};

/** One subscription as the shop lists it. */
export type Subscription = {
  readonly id: string;
  readonly topic: string;
  readonly url: string;
  /** The shop switched it off, or says that deliveries fail. */
  readonly active: boolean;
};

/** How a platform tells of changes by itself. */
export type WebhookDriver = {
  /** Whether the request was signed with this secret: over the raw body, compared in constant time. */
  readonly verify: (request: RawRequest, secret: string) => boolean;
  /** What it tells; several for a batch, none for a ping. Throws nothing: what cannot be read is no signal. */
  readonly signals: (request: RawRequest) => readonly ShopSignal[];
  readonly connect: (input: ConnectorInput<unknown>) => WebhookSubscriptions;
  /** The credential that the platform signs with (an app's secret); a secret of our own making where left out. */
  readonly signedWith?: string;
  /** Why a shop falls silent, in one sentence: WooCommerce switches a hook off after five failures. */
  readonly silence: Localised;
};
export type WebhookSubscriptions = {
  list(signal: AbortSignal): Promise<readonly Subscription[]>;
  /** Subscribes to every topic that the program can use; answers what stands afterwards. */
  subscribe(url: URL, secret: string, signal: AbortSignal): Promise<readonly Subscription[]>;
  unsubscribe(id: string, signal: AbortSignal): Promise<void>;
};

/**
 * All that the rest of the program needs to know of one platform. The form, help, completion, `doctor`, the names of
 * environment variables and the table in the docs come from it; a difference between platforms is a capability.
 */
export interface PlatformDriver<Options = unknown> {
  readonly id: PlatformId;
  /** The vendor's own spelling: "PrestaShop". */
  readonly label: string;
  /** Alternatives, the best first. */
  readonly credentials: readonly [CredentialForm, ...CredentialForm[]];
  readonly options: OptionForm<Options>;
  readonly capabilities: Capabilities;
  /** The rights the key needs, in the platform's own words. */
  readonly rights: Localised;
  /** How to get a key in the platform's admin, five lines at most. */
  readonly howToGetKey: { readonly da: readonly string[]; readonly en: readonly string[] };
  /** The address as it is kept, or what is wrong with the one that was typed. */
  readonly normaliseUrl: (typed: string) => UrlResult;
  /** Asks an address, without any key, whether one of ours answers there. Rejects only when the signal aborts. */
  readonly detect: (base: URL, probe: Probe, signal: AbortSignal) => Promise<Detection | undefined>;
  connect(input: ConnectorInput<Options>): ShopConnector;
  readonly webhooks?: WebhookDriver;
}

/** Every platform the program speaks. */
export type PlatformRegistry = {
  get(id: PlatformId): PlatformDriver | undefined;
  all(): readonly PlatformDriver[];
};
