import { wrap } from '../../src/views/columns.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useCopy } from './use-copy.ts';

/** Shows the address of a product in the shop's admin, to click where the terminal can, and sends it to the clipboard. */
export function useShopLink(): (address: string, shop: string) => void {
  const { words, ask, room, outside } = useDesk();
  const copy = useCopy();
  return (address, shop) => {
    ask({
      kind: 'note',
      title: words.screen.linkTitle(shop),
      lines: [
        ...wrap(address, room.columns - 8).map((text) => ({ text, link: address, tone: 'accent' as const })),
        { text: outside.hyperlinks ? words.screen.linkClick : words.screen.linkCopy, tone: 'quiet' },
      ],
    });
    copy(address, words.screen.theAddress);
  };
}
