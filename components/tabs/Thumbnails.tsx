import { Box, type DOMElement, measureElement, Text } from 'ink';
import { useLayoutEffect, useRef } from 'react';
import { shopCode } from '../../src/views/format/refs.ts';
import { type DrawnPicture, drawnPicture } from '../../src/views/terminal/picture.ts';
import { useApp } from '../context/app-context.ts';
import type { Thumbnail } from './use-thumbnails.ts';

type ThumbnailsProps = {
  readonly thumbnails: readonly Thumbnail[];
  /** Cells of one picture. */
  readonly columns: number;
  readonly rows: number;
};

/** Cells between two pictures. */
export const thumbnailGap = 2;

/** Pictures side by side, each under the code of its shop; their cells stay blank for the terminal to draw over. */
export function Thumbnails({ thumbnails, columns, rows }: ThumbnailsProps) {
  const { host, words, theme } = useApp();
  const area = useRef<DOMElement>(null);
  const last = useRef('');
  const known = thumbnails.map(({ shopId, picture }) => `${shopId ?? ''} ${picture.content.length}`).join(' ');
  // Where it stands is known once it was laid out; the screen above it may have grown or shrunk with any frame.
  useLayoutEffect(() => {
    if (area.current === null || host.pictures === undefined) return;
    const { x, y, width } = measureElement(area.current);
    const place = `${known} ${x} ${y} ${width} ${columns} ${rows}`;
    if (place === last.current) return;
    last.current = place;
    const { protocol } = host.pictures;
    host.pictures.show(
      width === 0
        ? []
        : thumbnails.flatMap(({ picture }, slot): readonly DrawnPicture[] => {
            const box = { row: y, column: x + slot * (columns + thumbnailGap), columns, rows };
            const drawn = drawnPicture(protocol, picture, { box, slot });
            return drawn === undefined ? [] : [drawn];
          }),
    );
  });
  // Before the frame without them is drawn: after it, they would be drawn over what stands there once more.
  useLayoutEffect(() => () => host.pictures?.show([]), [host]);
  return (
    <Box flexDirection="column" flexShrink={0} width={thumbnails.length * (columns + thumbnailGap) - thumbnailGap}>
      <Box>
        {thumbnails.map(({ shopId }, index) => (
          <Box key={shopId ?? ''} width={columns + (index === thumbnails.length - 1 ? 0 : thumbnailGap)}>
            <Text {...theme.look('quiet')}>{shopId === undefined ? words.content.title : shopCode(shopId)}</Text>
          </Box>
        ))}
      </Box>
      <Box ref={area} height={rows} width="100%" flexShrink={0} />
    </Box>
  );
}
