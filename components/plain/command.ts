import type { Command } from '../../src/views/input/commands.ts';
import type { Spot } from '../../src/views/input/navigation.ts';
import { conflicts } from './conflicts.ts';
import { plainPages, search, shopId } from './pages.ts';
import { fetchAgain } from './product.ts';
import { push } from './push.ts';
import type { PlainRoom } from './room.ts';
import { sync } from './shops.ts';
import { undo } from './undo.ts';

/** The page that says what a screen shows; nothing where the plain mode has none. */
function pageOf(spot: Spot, room: PlainRoom): (() => Promise<void>) | undefined {
  switch (spot.screen) {
    case 'lookup':
      return () => search(room, spot.text === '' ? undefined : spot.text);
    case 'shop-id':
      return () => shopId(room, spot.text);
    case 'inactive':
      return () => plainPages.inactive(room);
    case 'conflicts':
      return () => conflicts(room, spot.shopId);
    case 'shops':
    case 'shop':
      return () => plainPages.shops(room);
    case 'activity':
      return () => plainPages.activity(room);
    default:
      return undefined;
  }
}

/** Does what a typed command asks for; answers false where it means to leave. */
export async function obey(room: PlainRoom, command: Command): Promise<boolean> {
  const { words, say, services } = room;
  switch (command.kind) {
    case 'go': {
      const page = pageOf(command.spot, room);
      if (page === undefined) say(words.screen.plain.notHere);
      else await page();
      return true;
    }
    case 'product':
      await search(room, command.asked);
      return true;
    case 'push': {
      const products = command.asked === undefined ? undefined : await services.identify(command.asked);
      await push(room, {
        ...(command.shopIds === undefined ? {} : { shopIds: command.shopIds }),
        ...(products === undefined ? {} : { productIds: products.map((one) => one.id) }),
      });
      return true;
    }
    case 'sync':
      await sync(room, command);
      return true;
    case 'fetch':
      await fetchAgain(room, command.asked, command.shopIds);
      return true;
    case 'undo':
      await undo(room);
      return true;
    case 'quit':
      return false;
    case 'unknown-shop':
      say(words.screen.unknownShop(command.shop, command.meant ?? ''));
      return true;
    case 'language':
    case 'elsewhere':
    case 'unknown':
      say(words.screen.plain.notHere);
      return true;
    default:
      return command satisfies never;
  }
}
