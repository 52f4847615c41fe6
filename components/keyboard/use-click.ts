import { type DOMElement, measureElement } from 'ink';
import { type RefObject, useRef } from 'react';
import type { CellPosition } from '../../src/views/keyboard/key-tokens.ts';

export type ClickArea = {
  /** The box that is clicked. */
  readonly ref: RefObject<DOMElement | null>;
  /** For `useKeys`: takes a click that falls into the box. */
  readonly handleClick: (at: CellPosition) => boolean;
};

/** A box that can be clicked; `onClick` is told the cell within it, and answers whether something was there. */
export function useClick(onClick: (at: CellPosition) => boolean): ClickArea {
  const ref = useRef<DOMElement>(null);
  const handleClick = ({ column, row }: CellPosition): boolean => {
    if (ref.current === null) return false;
    const { x, y, width, height } = measureElement(ref.current);
    const inside = column >= x && column < x + width && row >= y && row < y + height;
    return inside && onClick({ column: column - x, row: row - y });
  };
  return { ref, handleClick };
}
