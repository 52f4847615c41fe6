import { wrap } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useCopy } from './use-copy.ts';

/** Shows the address of a product in the shop's admin, to click where the terminal can, and sends it to the clipboard. */
export function useShowShopLink(): (address: string, shop: string) => void {
  const { words, openDialog, viewport, host } = useApp();
  const copy = useCopy();
  return (address, shop) => {
    openDialog({
      kind: 'note',
      title: words.screen.linkTitle(shop),
      lines: [
        ...wrap(address, viewport.columns - 8).map((text) => ({ text, link: address, tone: 'accent' as const })),
        { text: host.hyperlinks ? words.screen.linkClick : words.screen.linkCopy, tone: 'quiet' },
      ],
    });
    copy(address, words.screen.theAddress);
  };
}
