import type { Mark } from '../../domain/mark.ts';

/** Notes and marks that a person hung on a product. */
export type MarkService = {
  add(mark: Omit<Mark, 'at' | 'by'>): Promise<Mark>;
  /** Marks many at once: one act, one undo. */
  addAll(marks: readonly Omit<Mark, 'at' | 'by'>[]): Promise<readonly Mark[]>;
  /** Takes many away at once, where there are any. */
  removeAll(marks: readonly Pick<Mark, 'productId' | 'shopId' | 'kind'>[]): Promise<void>;
  remove(mark: Pick<Mark, 'productId' | 'shopId' | 'kind'>): Promise<void>;
};
