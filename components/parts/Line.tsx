import { Text } from 'ink';
import { memo } from 'react';
import type { Piece, Tone } from '../../src/views/tones.ts';
import { useDesk } from '../desk/use-desk.ts';

export type LineProps = {
  /** A plain text, or pieces in tones of their own. */
  readonly pieces: string | readonly Piece[];
  readonly tone?: Tone;
};

/** One line of the screen, cut at its edge. */
export function Line({ pieces, tone }: LineProps) {
  const { theme } = useDesk();
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
export const Lines = memo(function Lines({
  lines,
  rows,
}: {
  readonly lines: readonly LineProps['pieces'][];
  readonly rows?: number;
}) {
  return lines.slice(0, rows ?? lines.length).map((line, index) => <Line key={index} pieces={line} />);
});
