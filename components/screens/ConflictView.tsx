import { Box, Text } from 'ink';
import { useEffect, useMemo } from 'react';
import { sameRef } from '../../src/domain/changes.ts';
import type { ListingRef } from '../../src/domain/ids.ts';
import { padRight, widthOf, wrap } from '../../src/views/columns.ts';
import { fullRef } from '../../src/views/refs.ts';
import { contenderTable } from '../../src/views/triage/conflict-columns.ts';
import { conflictLines } from '../../src/views/triage/conflict-lines.ts';
import { useCopy } from '../acts/use-copy.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useList } from '../lists/use-list.ts';
import { EmptyNote } from '../parts/EmptyNote.tsx';
import { Line } from '../parts/Line.tsx';
import { Trouble } from '../parts/Trouble.tsx';

/** One conflict: both contenders side by side, who was first, and what each choice does. */
export function ConflictView({ at }: { readonly at: ListingRef }) {
  const { services, words, room, telling, theme, title, go, ask, act, say, back, keep } = useDesk();
  const answer = useQuery(`conflict ${fullRef(at)}`, async () =>
    (await services.conflicts(at.shopId)).find((card) => sameRef(card.conflict.ref, at)),
  );
  const card = answer.value;
  useEffect(() => title(fullRef(at)), [title, at]);
  const copy = useCopy();
  const said = telling(card?.contenders.flatMap((one) => one.product ?? []) ?? []);
  const lines = card === undefined ? undefined : conflictLines(card, said);
  const choices = lines?.choices ?? [];
  const ids = useMemo(() => card?.choices.map((effect) => effect.choice) ?? [], [card]);
  const list = useList({ ids }, 9);
  useEffect(() => keep({ cursor: list.cursor }), [keep, list.cursor]);
  const chosen = choices.find((one) => one.choice === list.cursor);
  const holder = card?.contenders.find((one) => one.product !== undefined)?.product;

  const settle = (): void => {
    if (chosen === undefined || lines === undefined) return;
    ask({
      kind: 'confirm',
      title: words.screen.settleTitle(chosen.label, lines.ref),
      lines: [
        ...wrap(chosen.does, room.columns - 8).map((text) => ({ text })),
        { text: words.domain.choiceEffect.undo, tone: 'quiet' },
      ],
      yes: chosen.label,
      onYes: () =>
        act(async () => {
          await services.settle(at, chosen.choice);
          say(words.screen.settled(chosen.label));
          back();
        }),
    });
  };
  useKeys({
    level: 'screen',
    actions: {
      ...list.moves,
      ...(card === undefined ? {} : { apply: settle, holder: () => go({ screen: 'shop-id', text: at.shopProductId }) }),
      ...(holder === undefined
        ? {}
        : { open: () => go({ screen: 'product', productId: holder.id, shopId: at.shopId }) }),
      copy: () => copy(at.shopProductId, at.shopProductId),
    },
  });
  if (answer.error !== undefined && card === undefined) return <Trouble error={answer.error} />;
  if (card === undefined || lines === undefined) {
    return answer.waiting ? undefined : <EmptyNote said={words.screen.conflictGone} />;
  }
  const wide = Math.max(...choices.map((one) => widthOf(one.label)), 1);
  const width = Math.min(room.columns - 6, 150);
  return (
    <Box flexDirection="column" paddingLeft={3}>
      {wrap(lines.sentence, width).map((text) => (
        <Line key={text} pieces={text} tone="strong" />
      ))}
      <Line pieces={`${lines.shop}  ${lines.kind}  ${lines.since}`} tone="quiet" />
      <Text> </Text>
      {contenderTable(card, said, width).map((line, index) => (
        <Line key={index} pieces={line} />
      ))}
      <Text> </Text>
      <Line pieces={words.screen.choicesTitle} tone="strong" />
      {choices.map((one) => {
        const here = one.choice === list.cursor;
        return wrap(one.does, width - wide - 4).map((does, line) => (
          <Text key={`${one.choice} ${line}`} wrap="truncate">
            <Text {...theme.look('accent')}>{here && line === 0 ? `${theme.sign.cursor} ` : '  '}</Text>
            <Text {...(here && line === 0 ? theme.cursorRow : theme.look('accent'))}>
              {padRight(line === 0 ? one.label : '', wide)}
            </Text>
            {`  ${theme.plain(does)}`}
          </Text>
        ));
      })}
    </Box>
  );
}
