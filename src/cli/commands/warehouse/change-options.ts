import { type ProductMaster, productMasters } from '../../../domain/warehouse/warehouse.ts';
import type { WarehouseChange } from '../../../services/warehouse/warehouse-service.ts';
import type { Session } from '../../command-context.ts';
import { optionPairs } from '../shops/change-shop.ts';

/** What may be said of a warehouse. */
export type WarehouseOptions = {
  readonly master?: ProductMaster;
  readonly option?: readonly string[];
};

export const warehouseOptions = [
  { flags: '--master <who>', help: 'warehouseMaster', choices: productMasters },
  { flags: '--option <name=value...>', help: 'platformOption' },
] as const;

/** The changes that the options ask for. */
export const warehouseChange = (
  session: Session,
  address: string | undefined,
  { master, option }: WarehouseOptions,
): WarehouseChange => ({
  address,
  master,
  options: option === undefined ? undefined : optionPairs(session, option),
});
