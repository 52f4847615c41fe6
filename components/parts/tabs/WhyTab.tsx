import { Box, Text } from 'ink';
import { useEffect, useMemo, useState } from 'react';
import type { Diagnosis } from '../../../src/domain/explaining/diagnosis.ts';
import type { ShopId } from '../../../src/domain/ids.ts';
import type { ProductCard } from '../../../src/services/services.ts';
import { padRight, widthOf } from '../../../src/views/columns.ts';
import { placeLine } from '../../../src/views/products/place-lines.ts';
import { linkedLines, whyLines } from '../../../src/views/triage/why-lines.ts';
import { useDesk } from '../../desk/use-desk.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { usePlaceKeys } from '../../keys/use-place-keys.ts';
import { useList } from '../../lists/use-list.ts';
import { Line } from '../Line.tsx';

type WhyTabProps = {
  readonly card: ProductCard;
  readonly rows: number;
  readonly first?: ShopId;
  /** Told which shop the cursor is on. */
  readonly onShop: (shopId: ShopId) => void;
};

/** Why there is, or is no, link: the shops to the left, the causes of the chosen one to the right. */
export function WhyTab({ card, rows, first, onShop }: WhyTabProps) {
  const { telling, room, theme, services, wait, words, say } = useDesk();
  const { places, product } = card;
  const missing = places.find((place) => place.expected && place.diagnosis.verdict === 'not-integrated');
  const start = first ?? missing?.shop.id;
  const ids = useMemo(() => places.map((place) => place.shop.id), [places]);
  const list = useList({ ids }, rows, start);
  const place = places.find((one) => one.shop.id === list.cursor);
  const [live, setLive] = useState<Diagnosis>();
  const here = place?.shop.id;
  useEffect(() => {
    if (here !== undefined) onShop(here);
  }, [here, onShop]);
  const keys = usePlaceKeys(card, place);
  const askLive = (): void => {
    if (place === undefined) return;
    const { id, name } = place.shop;
    wait(words.screen.askingShop(name), async (signal) => {
      const [answer] = await services.why(product.id, id, { signal });
      setLive(answer);
      say(words.screen.shopAsked(name));
    });
  };
  useKeys({ level: 'screen', actions: { ...list.moves, ...keys, open: () => keys.open?.(), compare: askLive } });

  const said = telling([product]);
  const wide = Math.min(24, Math.max(...places.map((one) => widthOf(one.shop.name)), 4));
  const shown = live !== undefined && live.shopId === place?.shop.id ? live : place?.diagnosis;
  const width = room.columns - wide - 14;
  const linked =
    place === undefined || shown?.verdict !== 'integrated'
      ? []
      : linkedLines(place, { available: card.available, telling: said, width });
  const lines = shown === undefined ? [] : [...whyLines(shown, said, width), ...linked];
  return (
    <Box>
      <Box flexDirection="column" width={wide + 8} flexShrink={0}>
        {list.state.ids.map((id, index) => {
          const one = places.find((candidate) => candidate.shop.id === id);
          if (one === undefined) return undefined;
          const line = placeLine(one, said);
          const chosen = index === list.state.index;
          return (
            <Text key={id} wrap="truncate">
              <Text {...theme.look('accent')}>{chosen ? ` ${theme.sign.cursor} ` : '   '}</Text>
              <Text {...theme.look(line.tone)}>{theme.plain(line.sign)} </Text>
              <Text {...(chosen ? theme.cursorRow : {})}>{padRight(one.shop.name, wide)}</Text>
            </Text>
          );
        })}
      </Box>
      <Box flexDirection="column" flexGrow={1} flexShrink={1}>
        {lines.slice(0, rows).map((line, index) => (
          <Line key={index} pieces={line} />
        ))}
      </Box>
    </Box>
  );
}
