import type { ProductId } from '../../domain/ids.ts';
import type { Money, Product } from '../../domain/product.ts';

export type StockLine = {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved?: number;
  readonly cost?: Money;
  /** Where it stood in the file, for the problems; else its place in the list, from one. */
  readonly line?: number;
};

/** A line that was taken although it bears an item number that its product had before. */
export type FormerNumber = { readonly line: number; readonly sku: string; readonly now?: string };

export type StockImport = {
  readonly changed: number;
  readonly unchanged: number;
  readonly created: number;
  readonly formerNumbers?: readonly FormerNumber[];
};

export type ImportOptions = {
  readonly create: boolean;
  readonly dryRun: boolean;
  /** Of a long file: so many of its lines have been looked at, or are written. What it throws ends the import there. */
  readonly onProgress?: (what: 'checked' | 'written', done: number, total: number) => Promise<void>;
};

/** What we have ourselves. */
export type StockService = {
  set(productId: ProductId, onHand: number, reserved?: number): Promise<Product>;
  import(lines: readonly StockLine[], options: ImportOptions): Promise<StockImport>;
};
