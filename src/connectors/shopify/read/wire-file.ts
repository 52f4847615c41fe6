import { z } from 'zod';
import { line, timestamp } from '../../decode.ts';
import { requiredWord as word } from '../../driver-parts/rows/stated-flag.ts';
import { gid, wireShop } from '../schema.ts';

/** What the shop says of a file that was ordered. */
export const wireOrderFile = z.object({
  bulkOperationRunQuery: z.object({
    bulkOperation: z.object({ id: gid('BulkOperation') }).nullish(),
    userErrors: z.array(z.unknown()),
  }),
});
/** Sizes come as texts. */
const wireSize = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((text) => (text === null || text === undefined ? undefined : Number(text)));
export const wireOrderedFile = z.object({
  shop: wireShop,
  bulkOperation: z
    .object({
      status: word,
      errorCode: line,
      createdAt: timestamp,
      objectCount: wireSize,
      fileSize: wireSize,
      url: line,
    })
    .nullable(),
});
export type WireFile = NonNullable<z.infer<typeof wireOrderedFile>['bulkOperation']>;
