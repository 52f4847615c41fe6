import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { shopCode } from '../format/refs.ts';
import type { Words } from '../words/words.ts';
import { type AttentionFacts, attentionRows } from './attention-rows.ts';
import type { FirstPageRow } from './first-page-row.ts';
import { recentRows } from './recent-rows.ts';
import type { ShopFacts } from './shop-facts.ts';
import { shopRows } from './shop-rows.ts';

export type FirstPageFacts = ShopFacts &
  Pick<AttentionFacts, 'conflicts'> & {
    /** The products of the events have their names; until then none is told of by its id. */
    readonly isNamed: boolean;
  };

/** Cells and rows of the parts of the first page. */
export type FirstPageLayout = {
  /** Two columns: what needs a person and what that is, beside the shops and what happened last. */
  readonly columns: 1 | 2;
  readonly attention: number;
  /** Cells of what is told of the row under the cursor; 0: not told. */
  readonly preview: number;
  readonly shops: number;
  readonly recent: number;
  readonly rows: number;
};

/** From so many columns on there is room to tell of the row under the cursor; and for two whole columns. */
const previewFrom = 100;
const sideBySide = 150;
/** Cells before each part: the cursor's marker. */
const gutter = 4;

/** How the first page lies in a window of so many cells. */
export function firstPageLayout(columns: number, rows: number): FirstPageLayout {
  if (columns >= sideBySide) {
    const half = Math.floor(columns * 0.47);
    const right = columns - half - gutter;
    return { columns: 2, attention: half - gutter, preview: half - gutter, shops: right, recent: right, rows };
  }
  const whole = columns - gutter;
  const attention = columns >= previewFrom ? Math.floor(columns * 0.56) : whole;
  return { columns: 1, attention, preview: whole - attention, shops: whole, recent: whole, rows };
}

/** The first page: its rows, each with its own place, and the titles of the shops' columns. */
export type FirstPage = {
  /** Absent while it is being worked out. */
  readonly attention?: readonly FirstPageRow[];
  readonly shopTitles: string;
  readonly shops: readonly FirstPageRow[];
  readonly recent: readonly FirstPageRow[];
};

/** Titles and blanks of what stands under each other: of all parts, and of shops and what happened last. */
const titleRows = { all: 7, right: 5, left: 3 } as const;
/** What happened last is left out where there is no room, and its title and a blank with it. */
const recentTitleRows = 2;
/** What happened last gets a title and these rows, or nothing. */
const fewestRecent = 2;

/** What needs a person, newest and mendable first; the shops; what happened last; as much as fits. */
export function firstPage(facts: FirstPageFacts, format: FormatContext, layout: FirstPageLayout): FirstPage {
  const isOne = layout.columns === 1;
  const under = layout.rows - titleRows.all + recentTitleRows;
  // However many shops there are, half of the page is left for what needs a person.
  const reserved = Math.min(facts.shops.length, Math.max(1, Math.ceil(under / 2)));
  const room = isOne ? Math.max(1, under - reserved) : layout.rows - titleRows.left;
  const attention =
    facts.attention === undefined
      ? undefined
      : attentionRows({ ...facts, attention: facts.attention }, format, {
          width: layout.attention,
          rows: isOne && room > 16 ? Math.floor(room * 0.6) : room,
        });
  const forShops = isOne
    ? under - Math.max(attention?.length ?? 1, 1)
    : layout.rows - titleRows.right + recentTitleRows;
  const { titles, rows: shops } = shopRows(facts, format, { width: layout.shops, rows: forShops });
  const above = isOne ? Math.max(attention?.length ?? 1, 1) + titleRows.all : titleRows.right;
  const left = layout.rows - above - shops.length;
  return {
    attention,
    shopTitles: titles,
    shops,
    recent: facts.isNamed
      ? recentRows(facts.events, format, layout.recent).slice(0, left < fewestRecent ? 0 : left)
      : [],
  };
}

/** What stands where nothing needs anybody: that all is well only where every shop has been read. */
export function nothingLine(shops: readonly Pick<ShopOverview, 'shop' | 'health'>[], words: Words): string {
  const unread = shops.filter(({ health }) => health === 'never-read').map(({ shop }) => shopCode(shop.id));
  return unread.length === 0 ? words.screen.nothingNeeds : words.screen.nothingKnown(unread.join(', '));
}
