import { z } from 'zod';

const wireError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z.looseObject({ code: z.string().nullish(), requiredAccess: z.string().nullish() }).nullish(),
});
export type WireError = z.infer<typeof wireError>;

/** Around every answer: data, what went wrong beside it, what it cost, and how the search was understood. */
export const wireEnvelope = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.union([z.array(wireError), z.string()]).nullish(),
  extensions: z
    .looseObject({
      cost: z
        .looseObject({
          requestedQueryCost: z.number(),
          throttleStatus: z.object({
            maximumAvailable: z.number(),
            currentlyAvailable: z.number(),
            restoreRate: z.number(),
          }),
        })
        .nullish(),
      search: z
        .array(
          z.looseObject({
            warnings: z.array(z.looseObject({ field: z.string().nullish(), message: z.string() })).nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});
export type WireEnvelope = z.infer<typeof wireEnvelope>;
