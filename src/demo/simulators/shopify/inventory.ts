import { GraphQLError } from 'graphql';
import { itemOf, locationOf, quantityAt, variantRows } from './nodes.ts';
import { gid, needs, numberIn, type RequestContext } from './request-context.ts';
import type { VariantRow } from './search.ts';

export type SetInput = {
  readonly name: string;
  readonly reason: string;
  readonly quantities: readonly {
    readonly inventoryItemId: string;
    readonly locationId: string;
    readonly quantity: number;
    readonly changeFromQuantity?: number | null;
  }[];
};
type UserError = { readonly code: string; readonly field: readonly string[]; readonly message: string };
type Payload = { readonly inventoryAdjustmentGroup: unknown; readonly userErrors: readonly UserError[] };

/** What was done under each idempotency key, and with which input. */
export type IdempotencyKeys = Map<string, { readonly input: string; readonly payload: Payload }>;

export type Setting = {
  readonly context: RequestContext;
  readonly input: SetInput;
  readonly key: string | undefined;
  readonly keys: IdempotencyKeys;
  /** Answers with the figure after the change; recordings of 2026-04 show `null`. */
  readonly tellsAfter: boolean;
};

const validReasons = ['correction', 'cycle_count_available', 'damaged', 'other', 'received', 'restock', 'shrinkage'];
const bound = 1_000_000_000;

/** Sets figures, all of them or none. */
export function setQuantities(setting: Setting): Payload {
  const { context, input, key, keys } = setting;
  needs(context, 'inventorySetQuantities', 'write_inventory');
  if (key === undefined) {
    throw new GraphQLError('The @idempotent directive is required for this mutation but was not provided.', {
      extensions: { code: 'BAD_REQUEST' },
    });
  }
  if (input.quantities.some((line) => line.changeFromQuantity === undefined)) {
    throw new GraphQLError('InventoryQuantityInput must include the following argument: changeFromQuantity.', {
      extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
    });
  }
  const kept = keys.get(key);
  const text = JSON.stringify(input);
  if (kept !== undefined) {
    return kept.input === text
      ? kept.payload
      : refusal([
          {
            code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
            field: [],
            message: 'The same idempotency key cannot be used with different operation parameters.',
          },
        ]);
  }
  const payload = applied(setting);
  keys.set(key, { input: text, payload });
  return payload;
}

const refusal = (userErrors: readonly UserError[]): Payload => ({ inventoryAdjustmentGroup: null, userErrors });

function applied({ context, input, tellsAfter }: Setting): Payload {
  if (input.name !== 'available' && input.name !== 'on_hand') {
    const message = "The quantity name must be either 'available' or 'on_hand'.";
    return refusal([{ code: 'INVALID_NAME', field: ['input', 'name'], message }]);
  }
  if (!validReasons.includes(input.reason)) {
    const message = `The specified reason is invalid. Valid values are: ${validReasons.join(', ')}.`;
    return refusal([{ code: 'INVALID_REASON', field: ['input', 'reason'], message }]);
  }
  const rows = new Map(
    variantRows(context.shop).map((row) => [gid('InventoryItem', row.variant.inventoryItemId), row]),
  );
  const errors = input.quantities.flatMap((_, index) => errorsOf({ context, input, index, rows }));
  if (errors.length > 0) return refusal(errors);
  const changes = input.quantities.flatMap((line) => {
    const row = rows.get(line.inventoryItemId);
    const location = context.shop.locations.find(({ id }) => gid('Location', id) === line.locationId);
    if (row === undefined || location === undefined) return [];
    write(context, row, location.id, line.quantity);
    return ['available', 'on_hand'].map((name) => ({
      name,
      quantityAfterChange: tellsAfter ? line.quantity : null,
      item: itemOf(context, row.variant),
      location: locationOf(location),
    }));
  });
  return {
    inventoryAdjustmentGroup: {
      __typename: 'InventoryAdjustmentGroup',
      id: gid('InventoryAdjustmentGroup', '1'),
      changes,
    },
    userErrors: [],
  };
}

function write(context: RequestContext, { product, variant }: VariantRow, locationId: string, quantity: number): void {
  if (locationId === context.shop.locations[0]?.id) context.shop.writeQuantity(product, variant, quantity);
  else variant.elsewhere[locationId] = quantity;
}

type Checked = {
  readonly context: RequestContext;
  readonly input: SetInput;
  readonly index: number;
  readonly rows: ReadonlyMap<string, VariantRow>;
};

function errorsOf({ context, input, index, rows }: Checked): readonly UserError[] {
  const line = input.quantities[index];
  if (line === undefined) return [];
  const at = (field: string, code: string, message: string): UserError => ({
    code,
    field: ['input', 'quantities', String(index), field],
    message,
  });
  const row = rows.get(line.inventoryItemId);
  const location = context.shop.locations.find(({ id }) => gid('Location', id) === line.locationId);
  const twins = input.quantities.filter(
    (other) => other.inventoryItemId === line.inventoryItemId && other.locationId === line.locationId,
  );
  const found = [
    ...(row === undefined
      ? [at('inventoryItemId', 'INVALID_INVENTORY_ITEM', 'The specified inventory item could not be found.')]
      : []),
    ...(location === undefined
      ? [at('locationId', 'INVALID_LOCATION', 'The specified location could not be found.')]
      : []),
    ...(twins.length > 1
      ? [
          at(
            'locationId',
            'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
            'The combination of inventoryItemId and locationId must be unique.',
          ),
        ]
      : []),
    ...(line.quantity > bound
      ? [at('quantity', 'INVALID_QUANTITY_TOO_HIGH', "The quantity can't be higher than 1,000,000,000.")]
      : []),
    ...(line.quantity < -bound
      ? [at('quantity', 'INVALID_QUANTITY_TOO_LOW', "The quantity can't be lower than -1,000,000,000.")]
      : []),
  ];
  if (found.length > 0 || row === undefined || location === undefined) return found;
  const { failItems } = context.shop.temper;
  if (row.product.kind === 'bundle' || failItems.has(row.variant.id) || failItems.has(row.product.id)) {
    const message = 'The specified inventory item is not allowed to be adjusted via API.';
    return [at('inventoryItemId', 'NON_MUTABLE_INVENTORY_ITEM', message)];
  }
  const now = quantityAt(context, row.variant, numberIn('Location', line.locationId) ?? '') ?? 0;
  if (line.changeFromQuantity !== null && line.changeFromQuantity !== now) {
    const message = 'The changeFromQuantity value does not match persisted value.';
    return [at('changeFromQuantity', 'CHANGE_FROM_QUANTITY_STALE', message)];
  }
  return [];
}
