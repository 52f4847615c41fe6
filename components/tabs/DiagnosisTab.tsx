import { Box, Text } from 'ink';
import { useEffect, useMemo, useState } from 'react';
import type { Diagnosis } from '../../src/domain/diagnosis/diagnosis.ts';
import { diagnosisDetail, integrationDetailLines } from '../../src/views/diagnosis/diagnosis-detail.ts';
import { otherShopsLines } from '../../src/views/diagnosis/other-shops-lines.ts';
import { shopStateLine } from '../../src/views/diagnosis/shop-state-lines.ts';
import { clean, padRight, readable, widthOf } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useShopStateBindings } from '../key-bindings/use-shop-state-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useList } from '../list/use-list.ts';
import { useScroll } from '../list/use-scroll.ts';
import { ScrolledLines } from '../widgets/ScrolledLines.tsx';
import type { ShopTabProps } from './tab-props.ts';

/** From so many rows on the other shops are told of beneath. */
const roomForOthers = 36;
/** Why there is, or is no, link: the shops to the left, the causes of the chosen one to the right. */
export function DiagnosisTab({ card, rows, cells, first, onShop }: ShopTabProps) {
  const { formatFor, theme, services, runTask, words, notify } = useApp();
  const { places, product } = card;
  const missing = places.find((place) => place.expected && place.diagnosis.verdict === 'not-integrated');
  const start = first ?? missing?.shop.id;
  const ids = useMemo(() => places.map((place) => place.shop.id), [places]);
  const list = useList({ ids }, rows, { first: start });
  const place = places.find((one) => one.shop.id === list.cursor);
  const [live, setLive] = useState<Diagnosis>();
  const here = place?.shop.id;
  useEffect(() => {
    if (here !== undefined) onShop(here);
  }, [here, onShop]);
  const keys = useShopStateBindings(card, place);
  const askLive = (): void => {
    if (place === undefined) return;
    const { id, name } = place.shop;
    runTask(words.screen.askingShop(name), async (signal) => {
      const [answer] = await services.diagnosis.explain(product.id, id, { signal });
      setLive(answer);
      notify(words.screen.shopAsked(name));
    });
  };

  const format = formatFor([product, ...card.named]);
  const wide = Math.min(24, Math.max(...places.map((one) => widthOf(clean(one.shop.name))), 4));
  const shown = live !== undefined && live.shopId === place?.shop.id ? live : place?.diagnosis;
  const width = cells - wide - 14;
  const linked =
    place === undefined || shown?.verdict !== 'integrated'
      ? []
      : integrationDetailLines(place, product, { format, width });
  const own = shown === undefined ? [] : [...diagnosisDetail(shown, format, width), ...linked];
  const room = { width: Math.min(width, readable), rows: rows - own.length };
  const beneath = rows < roomForOthers ? [] : places.filter((one) => one !== place);
  const lines = [...own, ...otherShopsLines(beneath, product, format, room)];
  const scroll = useScroll(lines.length, rows, here);
  useKeys({
    level: 'screen',
    actions: { ...list.moves, ...scroll.pages, ...keys, why: undefined, open: () => keys.open?.(), compare: askLive },
  });
  return (
    <Box>
      <Box flexDirection="column" width={wide + 8} flexShrink={0}>
        {list.state.ids.map((id, index) => {
          const one = places.find((candidate) => candidate.shop.id === id);
          if (one === undefined) return undefined;
          const line = shopStateLine(one, product, format);
          const chosen = index === list.state.index;
          return (
            <Text key={id} wrap="truncate">
              <Text {...theme.look('accent')}>{chosen ? ` ${theme.sign.cursor} ` : '   '}</Text>
              <Text {...theme.look(line.tone)}>{theme.plain(line.sign)} </Text>
              <Text {...(chosen ? theme.cursorRow : {})}>{padRight(clean(one.shop.name), wide)}</Text>
            </Text>
          );
        })}
      </Box>
      <Box flexDirection="column" flexGrow={1} flexShrink={1}>
        <ScrolledLines lines={lines} scroll={scroll} />
      </Box>
    </Box>
  );
}
