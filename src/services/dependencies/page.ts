export type Page<Row> = { readonly rows: readonly Row[]; readonly total: number; readonly offset: number };
