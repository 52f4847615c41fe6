import type { Shop } from '../domain/shop.ts';
import type { UrlResult, WebhookDriver, WebhookSubscriptions } from './platform.ts';

/** The way to a shop's webhooks, without anybody knowing where secrets lie. */
export type WebhookAccess = {
  /** An address of ours, at which others are to tell us things, as it can be given to them; or what is wrong with it. */
  ownAddress(typed: string): UrlResult;
  /** `undefined` where the platform tells nothing by itself. */
  driver(shop: Shop): WebhookDriver | undefined;
  /** What the shop signs with; `undefined` where none is kept yet. Never shown, never logged. */
  secret(shop: Shop): string | undefined;
  /** The secret that is kept, or a new one, kept now. Rejects where none can be kept. */
  secretFor(shop: Shop): Promise<string>;
  /** `undefined` where there are no credentials. */
  connect(shop: Shop): WebhookSubscriptions | undefined;
};
