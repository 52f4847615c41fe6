import { Box } from 'ink';
import { useEffect, useMemo } from 'react';
import { toShopId } from '../../src/domain/ids.ts';
import { contentRows } from '../../src/views/product/content-compare.ts';
import { contentColumns, contentDetail, contentHead } from '../../src/views/product/content-rows.ts';
import { otherDescriptions } from '../../src/views/product/other-descriptions.ts';
import { readable, widthOf } from '../../src/views/text/cell-text.ts';
import type { Piece } from '../../src/views/text/tones.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useShopStateBindings } from '../key-bindings/use-shop-state-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useList } from '../list/use-list.ts';
import { Table } from '../widgets/Table.tsx';
import { TextLine, TextLines } from '../widgets/TextLine.tsx';
import { Thumbnails, thumbnailGap } from './Thumbnails.tsx';
import type { ShopTabProps } from './tab-props.ts';
import { useComparedPictures } from './use-compared-pictures.ts';
import { type Thumbnail, useThumbnails } from './use-thumbnails.ts';

const maxEvents = 200;
const none: readonly Thumbnail[] = [];

/** The fewest and the most rows of a picture; its box is about a square. */
const pictureRows = { fewest: 4, most: 16 } as const;

/** Cells for pictures beside the sentences, and how many stand there; nothing where the window is too small for one. */
function pictureRoom(columns: number, spare: number) {
  // A line for whose it is.
  const rows = Math.min(pictureRows.most, spare - 1);
  if (rows < pictureRows.fewest) return undefined;
  const wide = Math.min(2 * rows, Math.floor(columns / 4));
  return { rows, columns: wide, most: columns >= 100 ? 2 : 1 };
}

/** A line with a hint behind it, which goes before all but the beginning of the line where there is no room for both. */
function headOf(line: readonly Piece[], hint: readonly Piece[], width: number): readonly Piece[] {
  const whole = [...line, ...hint];
  const fits = whole.reduce((sum, { text }) => sum + widthOf(text), 0) <= width;
  return fits || hint.length === 0 ? whole : [...line.slice(0, 1), ...hint];
}

/** What customers read of a product in each shop beside what we have: name, price, description, picture. */
export function ContentTab({ card, rows, cells, first, onShop }: ShopTabProps) {
  const { services, formatFor, words } = useApp();
  const { product } = card;
  const contents = useMemo(() => contentRows(card), [card]);
  const ids = useMemo(() => contents.map(({ id }) => id), [contents]);
  const list = useList({ ids }, Math.max(1, Math.min(ids.length, rows - 2)), { first: first ?? ids[1] });
  const here = contents.find(({ id }) => id === list.cursor);
  const shopId = here?.place?.shop.id;
  useEffect(() => {
    if (shopId !== undefined) onShop(toShopId(shopId));
  }, [shopId, onShop]);
  const keys = useShopStateBindings(card, here?.place);
  useKeys({ level: 'screen', actions: { ...list.moves, ...keys } });
  const history = useQuery(`content ${product.id}`, () =>
    services.history.list({ productId: product.id, limit: maxEvents }),
  );
  const format = formatFor([product, ...card.named]);
  const pictures = useComparedPictures(card);
  const columns = useMemo(() => contentColumns(card, format, pictures), [card, format, pictures]);
  const spare = rows - ids.length - 3;
  const thumbnails = useThumbnails(card, shopId === undefined ? undefined : toShopId(shopId), pictures);
  const room = pictureRoom(cells, spare);
  const hint =
    room === undefined && thumbnails.length > 0
      ? [{ text: `  ·  ${words.content.higherWindow}`, tone: 'quiet' as const }]
      : [];
  const shown = room === undefined ? none : thumbnails.slice(0, room.most);
  const taken = room === undefined ? 0 : shown.length * (room.columns + thumbnailGap);
  const width = Math.min(cells - 6 - taken, readable);
  const detail = here === undefined ? [] : contentDetail(here, card, format, { width, pictures });
  const others =
    here === undefined ? [] : otherDescriptions(here, contents, format, { width, rows: spare - detail.length });
  return (
    <Box flexDirection="column">
      <Box paddingLeft={3}>
        <TextLine
          pieces={history.value === undefined ? '' : headOf(contentHead(card, history.value, format), hint, cells - 6)}
        />
      </Box>
      <Table columns={columns} rows={contents} list={list.state} width={cells - 1} queryKey={`content ${product.id}`} />
      {spare < 3 || here === undefined ? undefined : (
        <Box paddingLeft={3} paddingTop={1}>
          <Box flexDirection="column" flexGrow={1} flexShrink={1}>
            <TextLines lines={[...detail, ...others]} rows={spare} />
          </Box>
          {room === undefined || shown.length === 0 ? undefined : (
            <Thumbnails thumbnails={shown} columns={room.columns} rows={room.rows} />
          )}
        </Box>
      )}
    </Box>
  );
}
