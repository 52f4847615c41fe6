import { Box, Text } from 'ink';
import { useEffect, useMemo } from 'react';
import type { ListingRef } from '../../src/domain/ids.ts';
import type { ConflictCard, Contender } from '../../src/services/conflicts/conflict-service.ts';
import { contenderTable } from '../../src/views/conflicts/conflict-columns.ts';
import { conflictLines } from '../../src/views/conflicts/conflict-lines.ts';
import { fullRef } from '../../src/views/format/refs.ts';
import { padRight, widthOf, wrap } from '../../src/views/text/cell-text.ts';
import { useCopy } from '../actions/use-copy.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useList } from '../list/use-list.ts';
import { ofTables } from '../runtime/store-changes.ts';
import { ContenderCards } from '../tabs/ContenderCards.tsx';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ErrorView } from '../widgets/ErrorView.tsx';
import { TextLine } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

/** Rows and cells from which on there is room to tell how each of them stands elsewhere. */
const fewestSpare = 6;
const leastWidth = 44;
/** Cells from which on the only one who wants a link has its other shops beside it. */
const sideBySide = 140;

/** One conflict: both contenders side by side, who was first, and what each choice does. */
export function ConflictView({ at }: { readonly at: ListingRef }) {
  const { services, words, title } = useApp();
  const query = useQuery(
    `conflict ${fullRef(at)}`,
    () => services.conflicts.find(at),
    ofTables('conflicts', 'listings', 'products', 'integrations', 'sales', 'shops'),
  );
  const card = query.value;
  useEffect(() => title(fullRef(at)), [title, at]);
  if (query.error !== undefined && card === undefined) return <ErrorView error={query.error} />;
  if (card === undefined) return query.loading ? undefined : <EmptyState said={words.screen.conflictGone} />;
  return <ConflictChoices at={at} card={card} />;
}

/** A conflict once it was read: only then it is known where the cursor begins. */
function ConflictChoices({ at, card }: { readonly at: ListingRef; readonly card: ConflictCard }) {
  const { services, words, viewport, formatFor, theme, go, openDialog, perform, notify, back, saveState } = useApp();
  const copy = useCopy();
  const said = formatFor(card.contenders.flatMap((one) => one.product ?? []));
  const lines = conflictLines(card, said);
  const { choices } = lines;
  // The contenders stand above the choices: the cursor begins on the first choice, and goes up to them.
  const ids = useMemo(
    () => [...card.contenders.map((_, index) => contenderId(index)), ...card.choices.map((effect) => effect.choice)],
    [card],
  );
  const list = useList({ ids }, Math.max(1, ids.length), { first: card.choices[0]?.choice });
  const onContender = card.contenders.findIndex((_, index) => contenderId(index) === list.cursor);
  useEffect(() => saveState({ cursor: list.cursor }), [saveState, list.cursor]);
  const chosen = choices.find((one) => one.choice === list.cursor);
  const contender = card.contenders[onContender];

  const openContender = ({ product, listing }: Contender): void => {
    if (product !== undefined) go({ screen: 'product', productId: product.id, shopId: at.shopId });
    else go({ screen: 'shop-id', text: (listing?.ref ?? at).shopProductId });
  };
  const settle = (): void => {
    if (chosen === undefined) return;
    openDialog({
      kind: 'confirm',
      title: words.screen.settleTitle(chosen.label, lines.ref),
      lines: [
        ...wrap(chosen.does, viewport.columns - 8).map((text) => ({ text })),
        { text: words.domain.choiceEffect.undo, tone: 'quiet' },
      ],
      yes: chosen.label,
      onYes: () =>
        perform(async () => {
          await services.conflicts.resolve(at, chosen.choice);
          notify(words.screen.settled(chosen.label));
          back();
        }),
    });
  };
  useKeys({
    level: 'screen',
    labels: chosen === undefined ? undefined : { open: 'choose' },
    actions: {
      ...list.moves,
      apply: chosen === undefined ? undefined : settle,
      holder: () => go({ screen: 'shop-id', text: at.shopProductId }),
      open: contender === undefined ? (chosen === undefined ? undefined : settle) : () => openContender(contender),
      copy: () => copy(at.shopProductId, at.shopProductId),
    },
  });
  const wide = Math.max(...choices.map((one) => widthOf(one.label)), 1);
  const whole = viewport.columns - 6;
  const isBeside = card.contenders.length === 1 && whole >= sideBySide;
  const width = isBeside ? Math.floor(whole / 2) : whole;
  const sentence = wrap(lines.sentence, width);
  const effects = choices.map((one) => wrap(one.does, width - wide - 4));
  const table = contenderTable(card, said, { width, chosen: onContender });
  // A low window drops the empty lines first, then the end of what is known of the contenders: lines that are squeezed
  // would be drawn over each other.
  const fixed = sentence.length + 2 + effects.flat().length;
  const isLow = fixed + table.length + 2 > viewport.rows;
  const shown = table.slice(0, Math.max(2, viewport.rows - fixed));
  const spare = viewport.rows - fixed - table.length - 3;
  const contenders = card.contenders.map(({ product }) => product?.id);
  const beside = !isBeside ? undefined : (
    <ContenderCards productIds={contenders} width={whole - width - 3} rows={viewport.rows - 1} />
  );
  const main = (
    <Box flexDirection="column" paddingLeft={3} width={width + 6} flexShrink={0}>
      {sentence.map((text) => (
        <TextLine key={text} pieces={text} tone="strong" />
      ))}
      <TextLine pieces={`${lines.shop}  ${lines.kind}  ${lines.since}`} tone="quiet" />
      {isLow ? undefined : <Text> </Text>}
      {shown.map((line, index) => (
        <TextLine key={index} pieces={line} />
      ))}
      {isLow ? undefined : <Text> </Text>}
      <TextLine pieces={words.screen.choicesTitle} tone="strong" />
      {choices.map((one, at) => {
        const here = one.choice === list.cursor;
        return effects[at]?.map((does, line) => (
          <Text key={`${one.choice} ${line}`} wrap="truncate">
            <Text {...theme.look('accent')}>{here && line === 0 ? `${theme.sign.cursor} ` : '  '}</Text>
            <Text {...(here && line === 0 ? theme.cursorRow : theme.look('accent'))}>
              {padRight(line === 0 ? one.label : '', wide)}
            </Text>
            {`  ${theme.plain(does)}`}
          </Text>
        ));
      })}
      {isBeside || spare < fewestSpare || width < leastWidth * contenders.length ? undefined : (
        <Box paddingTop={1}>
          <ContenderCards productIds={contenders} width={width} rows={spare} />
        </Box>
      )}
    </Box>
  );
  return (
    <Box>
      {main}
      {beside}
    </Box>
  );
}

const contenderId = (index: number): string => `contender ${index}`;

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    conflict: { readonly at: ListingRef };
  }
}

/** The screen `conflict`. */
export const conflictScreen = defineScreen({
  route: 'conflict',
  component: ConflictView,
});
