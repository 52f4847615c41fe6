import { Box, type DOMElement, measureElement, Text } from 'ink';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { shopCode } from '../../src/views/format/refs.ts';
import {
  type DrawnPicture,
  drawnPicture,
  type UnpackedPicture,
  unpackedFor,
} from '../../src/views/terminal/picture.ts';
import { useApp } from '../context/app-context.ts';
import type { TerminalPictures } from '../terminal/terminal-pictures.ts';
import { usePictureProtocol } from './use-picture-protocol.ts';
import type { Thumbnail } from './use-thumbnails.ts';

type ThumbnailsProps = {
  readonly thumbnails: readonly Thumbnail[];
  /** Cells of one picture. */
  readonly columns: number;
  readonly rows: number;
};

/** Cells between two pictures. */
export const thumbnailGap = 2;

type Unpacked = readonly (UnpackedPicture | undefined)[];
const nothing: { readonly of: string; readonly all: Unpacked } = { of: '', all: [] };

/** Pictures made ready for a terminal that does not take them as they are; absent while they are on their way. */
function useUnpacked(
  { thumbnails, columns, rows }: ThumbnailsProps,
  pictures: TerminalPictures | undefined,
  known: string,
): Unpacked | undefined {
  const { busy } = useApp();
  const protocol = usePictureProtocol();
  const [unpacked, setUnpacked] = useState(nothing);
  const cell = pictures?.cell();
  const of = `${known} ${protocol ?? ''} ${columns} ${rows} ${cell?.width ?? ''} ${cell?.height ?? ''}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` says all that a picture depends on
  useEffect(() => {
    if (pictures === undefined || protocol === undefined || cell === undefined) return undefined;
    let isWanted = true;
    const end = busy.begin();
    const size = { width: columns * cell.width, height: rows * cell.height };
    Promise.all(
      thumbnails.map(async ({ picture }) => {
        const kind = unpackedFor(protocol, picture.format);
        return kind === undefined ? undefined : pictures.unpack({ picture, protocol: kind, ...size });
      }),
    )
      .then((all) => {
        if (isWanted) setUnpacked({ of, all });
      })
      .finally(end);
    return () => {
      isWanted = false;
    };
  }, [of]);
  return unpacked.of === of ? unpacked.all : undefined;
}

/** Pictures side by side, each under the code of its shop; their cells stay blank for the terminal to draw over. */
export function Thumbnails(props: ThumbnailsProps) {
  const { thumbnails, columns, rows } = props;
  const { host, words, theme } = useApp();
  const protocol = usePictureProtocol();
  const area = useRef<DOMElement>(null);
  const last = useRef('');
  const known = thumbnails.map(({ shopId, picture }) => `${shopId ?? ''} ${picture.content.length}`).join(' ');
  const unpacked = useUnpacked(props, host.pictures, known);
  // Where it stands is known once it was laid out; the screen above it may have grown or shrunk with any frame.
  useLayoutEffect(() => {
    const { pictures } = host;
    if (area.current === null || pictures === undefined || protocol === undefined) return;
    if (unpacked === undefined) {
      // Another product's picture must not stand under this one's name while its own is made ready.
      if (last.current !== '') pictures.show([]);
      last.current = '';
      return;
    }
    const { x, y, width } = measureElement(area.current);
    const place = `${known} ${protocol} ${x} ${y} ${width} ${columns} ${rows}`;
    if (place === last.current) return;
    last.current = place;
    pictures.show(
      width === 0
        ? []
        : thumbnails.flatMap(({ picture }, slot): readonly DrawnPicture[] => {
            const box = { row: y, column: x + slot * (columns + thumbnailGap), columns, rows };
            const ready = { box, slot, unpacked: unpacked[slot], cell: pictures.cell() };
            const drawn = drawnPicture(protocol, picture, ready);
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
