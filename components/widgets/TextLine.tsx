import { Text } from 'ink';
import { memo } from 'react';
import type { Piece, Tone } from '../../src/views/text/tones.ts';
import { useApp } from '../context/app-context.ts';

export type TextLineProps = {
  /** A plain text, or pieces in tones of their own. */
  readonly pieces: string | readonly Piece[];
  readonly tone?: Tone;
};

/** One line of the screen, cut at its edge. */
export function TextLine({ pieces, tone }: TextLineProps) {
  const { theme } = useApp();
  if (typeof pieces === 'string') {
    return (
      <Text wrap="truncate" {...theme.look(tone)}>
        {theme.plain(pieces) || ' '}
      </Text>
    );
  }
  return (
    <Text wrap="truncate">
      {pieces.map((piece, index) => (
        <Text key={index} {...theme.look(piece.tone ?? tone)}>
          {theme.plain(piece.text)}
        </Text>
      ))}
    </Text>
  );
}

/** Many lines under each other, at most `rows` of them. */
export const TextLines = memo(function TextLines({
  lines,
  rows,
}: {
  readonly lines: readonly TextLineProps['pieces'][];
  readonly rows?: number;
}) {
  return lines.slice(0, rows ?? lines.length).map((line, index) => <TextLine key={index} pieces={line} />);
});
