import { z } from 'zod';
import { hostReason } from '../../connectors/urls.ts';
import { guardQuestions } from '../../domain/push/push-guards.ts';
import { type AlarmWebhook, defaultServeSettings, type ServeSettings } from '../../server/serve-settings.ts';
import type { Environment } from './paths.ts';

/** What `serve` in `config.json` may hold. Made when it is asked for: most commands need none of it. */
export const serveShape = () => {
  const cron = z.string().regex(/^\S+(\s+\S+){4,5}$/, { error: 'not a cron pattern such as 30 2 * * *' });
  const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'not a time of day such as 22:00' });
  const addressOf = (protocol: RegExp) =>
    z.url({ protocol }).refine((address) => hostReason(address) === undefined, {
      error: ({ input }) => hostReason(String(input)) ?? '',
    });
  const webAddress = addressOf(/^https?$/);
  return z.object({
    host: z.string().min(1).optional(),
    port: z.int().min(0).max(65_535).optional(),
    tls: z.object({ cert: z.string().min(1), key: z.string().min(1) }).optional(),
    changesMinutes: z.number().min(1).max(1_440).optional(),
    wholeMinutes: z.number().min(5).max(10_080).optional(),
    full: cron.optional(),
    jitterSeconds: z.number().min(0).max(3_600).optional(),
    warehouseMinutes: z.number().min(1).max(1_440).optional(),
    push: z.record(z.string(), z.array(z.enum(guardQuestions))).optional(),
    alarms: z
      .object({
        email: z.object({ smtp: addressOf(/^smtps?$/), from: z.string().min(3), to: z.string().min(3) }).optional(),
        webhook: z
          .union([
            webAddress,
            z.object({ url: webAddress.optional(), shape: z.enum(['json', 'slack', 'teams']).optional() }),
          ])
          .optional(),
        command: z.tuple([z.string().min(1)], z.string()).optional(),
        quiet: z.object({ from: time, to: time }).optional(),
        digest: cron.optional(),
        linksLost: z.int().min(1).optional(),
        differenceHours: z.number().min(0.1).optional(),
        connectionMinutes: z.number().min(1).optional(),
        silentHours: z.number().min(1).optional(),
      })
      .optional(),
  });
};

/** The settings of `bindeled serve`; what is left out is as usual. `BINDELED_SMTP_PASSWORD` and `BINDELED_ALARM_WEBHOOK` keep secrets out of the file. */
export function readServeSettings(given: z.infer<ReturnType<typeof serveShape>>, env: Environment): ServeSettings {
  const usual = defaultServeSettings;
  const { email, webhook, ...alarms } = given.alarms ?? {};
  return {
    host: given.host ?? usual.host,
    port: given.port ?? usual.port,
    tls: given.tls,
    rounds: {
      changesMinutes: given.changesMinutes ?? usual.rounds.changesMinutes,
      wholeMinutes: given.wholeMinutes ?? usual.rounds.wholeMinutes,
      full: given.full ?? usual.rounds.full,
      jitterSeconds: given.jitterSeconds ?? usual.rounds.jitterSeconds,
      warehouseMinutes: given.warehouseMinutes ?? usual.rounds.warehouseMinutes,
    },
    push: given.push ?? usual.push,
    alarms: {
      ...alarms,
      email: email && { ...email, smtp: withPassword(email.smtp, env.BINDELED_SMTP_PASSWORD) },
      webhook: webhookFrom(webhook, env.BINDELED_ALARM_WEBHOOK),
      linksLost: alarms.linksLost ?? usual.alarms.linksLost,
      differenceHours: alarms.differenceHours ?? usual.alarms.differenceHours,
      connectionMinutes: alarms.connectionMinutes ?? usual.alarms.connectionMinutes,
      silentHours: alarms.silentHours ?? usual.alarms.silentHours,
    },
  };
}

function withPassword(address: string, password: string | undefined): string {
  if (password === undefined || password === '') return address;
  const url = new URL(address);
  // An address would take a percent sign for the beginning of an escape.
  url.password = encodeURIComponent(password);
  return url.href;
}

type WebhookGiven = NonNullable<z.infer<ReturnType<typeof serveShape>>['alarms']>['webhook'];

/** The address out of the environment outweighs the file's; without one nobody is told this way. */
function webhookFrom(given: WebhookGiven, address: string | undefined): AlarmWebhook | undefined {
  const inFile = typeof given === 'string' ? { url: given } : given;
  const url = address || inFile?.url;
  return url === undefined ? undefined : { url, shape: inFile?.shape ?? 'json' };
}
