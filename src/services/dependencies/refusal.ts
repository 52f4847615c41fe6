import type { TableFault } from '../../domain/warehouse/file-fault.ts';

/** A refusal that is an answer, not a bug: what a person asked for cannot be done, and why. */
export type RefusalKind =
  | 'read-only'
  | 'unknown-shop'
  | 'unknown-product'
  | 'shop-exists'
  | 'address-taken'
  | 'id-too-like'
  | 'id-reserved'
  | 'shop-paused'
  | 'no-webhooks'
  | 'no-credentials'
  | 'unknown-platform'
  | 'sync-running-elsewhere'
  | 'not-linked'
  | 'unknown-listing'
  | 'not-for-sale'
  | 'already-linked'
  | 'nothing-to-undo'
  | 'cannot-undo'
  | 'no-conflict'
  | 'choice-does-not-fit'
  | 'unknown-plan'
  | 'plan-expired'
  | 'plan-applied'
  | 'bad-import'
  | 'bad-value'
  | 'no-warehouse'
  | 'warehouse-exists'
  | 'no-warehouse-key'
  | 'stock-from-warehouse'
  | 'no-warehouse-hooks'
  | 'no-locations'
  | 'one-shop-location'
  | 'unknown-shop-location'
  | 'location-told-twice'
  | 'told-by-location'
  | 'no-counting'
  | 'not-in-warehouse'
  | 'needs-number'
  | 'needs-reason';

/** Thrown by acting services only; entry points turn `kind` and `about` into words and an exit code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly about: Readonly<Record<string, string>>;
  readonly problems: readonly ImportProblem[];

  constructor(
    kind: RefusalKind,
    about: Readonly<Record<string, string>> = {},
    problems: readonly ImportProblem[] = [],
  ) {
    super(
      `${kind} ${Object.entries(about)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`.trim(),
    );
    this.kind = kind;
    this.about = about;
    this.problems = problems;
  }
}

/** What can be wrong with a line of a file. */
export type ImportFault =
  | TableFault
  | 'not-a-whole-number'
  | 'decimal-number'
  | 'unclear-thousands'
  | 'negative'
  | 'not-an-amount'
  | 'unknown-product'
  | 'several-products'
  | 'unknown-shop'
  | 'not-linked'
  | 'sku-missing'
  | 'sku-twice'
  | 'value-missing'
  /** An item number that a spreadsheet has rewritten: an exponent, a date, digits beyond the fifteenth lost. */
  | 'spreadsheet-number'
  /** The word of a line of totals, or a remark, where an item number was due. */
  | 'totals-line'
  /** No such item number, and one that a spreadsheet or a careless hand would have written so. */
  | 'near-product';

export type ImportProblem = {
  readonly line: number;
  readonly column?: string;
  readonly what: ImportFault;
  readonly value?: string;
  /** What may have been meant. */
  readonly near?: string;
};
