export type Size = { readonly columns: number; readonly rows: number };

/** A window that can be drawn on. A terminal that reports nonsense counts as 80 by 24. */
export const normalizeSize = ({ columns, rows }: Size): Size => ({
  columns: columns >= 2 && columns <= 2000 ? columns : 80,
  rows: rows >= 2 && rows <= 1000 ? rows : 24,
});

/** Under this nothing sensible can be drawn. */
export const minimumSize: Size = { columns: 60, rows: 15 };
