import { z } from 'zod';
import { type Instant, parseInstant, type ShopId, toShopId } from '../../domain/ids.ts';
import type { ServerReport } from '../../domain/servers/server-report.ts';
import type { ServerBoard, SharedState } from '../../ports/shared-state.ts';

const prefix = 'server ';

const instant = z.lazy(() =>
  z.string().transform((text, context): Instant => {
    const found = parseInstant(text);
    if (found !== undefined) return found;
    context.addIssue('not a moment');
    return z.NEVER;
  }),
);
const shopId = z.lazy(() => z.string().transform((text): ShopId => toShopId(text)));
const what = z.lazy(() => z.enum(['full', 'changes', 'push', 'webhook', 'warehouse']));

const shape: z.ZodType<ServerReport> = z.lazy(() =>
  z.object({
    id: z.string(),
    machine: z.string(),
    pid: z.number(),
    startedAt: instant,
    address: z.string().optional(),
    doing: z.array(z.object({ shopId: shopId.optional(), what, since: instant })),
    next: z.array(z.object({ shopId: shopId.optional(), what, at: instant })),
    paused: z.array(shopId),
    webhookProductsWaiting: z.number(),
  }),
);

/** Reports of servers among the values that everybody on the store sees. */
export const serverBoard = (shared: SharedState): ServerBoard => ({
  put: (report) => shared.put(`${prefix}${report.id}`, report),
  list: async () =>
    (await shared.list(prefix)).flatMap(({ value, ageMs }) => {
      const report = shape.safeParse(value).data;
      return report === undefined ? [] : [{ report, ageMs }];
    }),
  remove: (id) => shared.remove(`${prefix}${id}`),
});
