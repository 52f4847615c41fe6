import type { Mark } from '../../domain/mark.ts';

/** Notes and marks that a person hung on a product. */
export type MarkService = {
  add(mark: Omit<Mark, 'at' | 'by'>): Promise<Mark>;
  remove(mark: Pick<Mark, 'productId' | 'shopId' | 'kind'>): Promise<void>;
};
