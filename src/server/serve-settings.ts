import type { GuardQuestion } from '../domain/push/push-guards.ts';

/** How often shops are read. */
export type RoundSettings = {
  /** Minutes between two readings of what changed. */
  readonly changesMinutes: number;
  /** Minutes between two whole readings of a shop whose platform cannot tell what changed. */
  readonly wholeMinutes: number;
  /** When every shop is read whole: a cron pattern, in the reader's time zone. */
  readonly full: string;
  /** Seconds by which rounds are spread, so that not all shops are asked at once. */
  readonly jitterSeconds: number;
  /** Minutes between two readings of the warehouse. */
  readonly warehouseMinutes: number;
};

/** Where alarms are posted, in the shape that is understood there. The address is as good as a password. */
export type AlarmWebhook = { readonly url: string; readonly shape: 'json' | 'slack' | 'teams' };
/** The files of a certificate, PEM: for where no reverse proxy does TLS. */
export type TlsFiles = { readonly cert: string; readonly key: string };

/** Whom to tell what needs a person, and when not to. */
export type AlarmSettings = {
  readonly email?: { readonly smtp: string; readonly from: string; readonly to: string };
  readonly webhook?: AlarmWebhook;
  readonly command?: readonly [string, ...string[]];
  /** Times of day in the reader's time zone; what comes up in between is told afterwards. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** When the daily digest goes out: a cron pattern. Absent: never. */
  readonly digest?: string;
  /** So many links lost in one go are an alarm. */
  readonly linksLost: number;
  /** Hours after which figures that differ, a lost connection and a silent webhook are alarms. */
  readonly differenceHours: number;
  readonly connectionMinutes: number;
  readonly silentHours: number;
};

/** Everything that may be set of the server. */
export type ServeSettings = {
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsFiles;
  readonly rounds: RoundSettings;
  /** Shops that are told figures unattended, each with the guards that do not hold there. A shop that is not named is never told. */
  readonly push: Readonly<Record<string, readonly GuardQuestion[]>>;
  readonly alarms: AlarmSettings;
};

export const defaultServeSettings: ServeSettings = {
  host: '127.0.0.1',
  port: 8723,
  rounds: { changesMinutes: 5, wholeMinutes: 60, full: '30 2 * * *', jitterSeconds: 30, warehouseMinutes: 1 },
  push: {},
  alarms: { linksLost: 5, differenceHours: 4, connectionMinutes: 15, silentHours: 24 },
};
