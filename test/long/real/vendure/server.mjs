/*
 * A Vendure of its own: one database of PostgreSQL, the admin API on loopback, keys let in by header. PORT and DATABASE
 * (a connection string) say where.
 * It prints READY when it answers, and is stopped by ending its process.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const {
  bootstrap,
  DefaultJobQueuePlugin,
  DefaultLogger,
  dummyPaymentHandler,
  JobQueueService,
  LanguageCode,
  LogLevel,
} = require('@vendure/core');

const app = await bootstrap({
  apiOptions: {
    hostname: '127.0.0.1',
    port: Number(process.env.PORT),
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
    // The usual 1000 is more than a small shop has: a lower one shows what asking for too much is answered with.
    adminListQueryLimit: Number(process.env.LIST_LIMIT ?? 1000),
  },
  authOptions: {
    tokenMethod: ['bearer', 'api-key'],
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
    cookieOptions: { secret: 'made-up' },
    requireVerification: false,
  },
  customFields: {
    ProductVariant: [
      { name: 'ean', type: 'string', nullable: true, label: [{ languageCode: LanguageCode.en, value: 'EAN' }] },
    ],
  },
  dbConnectionOptions: { type: 'postgres', url: process.env.DATABASE, synchronize: true, logging: false },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  logger: new DefaultLogger({ level: LogLevel.Warn }),
  plugins: [DefaultJobQueuePlugin.init({ useDatabaseForBuffer: true })],
});
await app.get(JobQueueService).start();
console.log('READY');
