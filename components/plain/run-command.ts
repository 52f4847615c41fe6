import type { Command } from '../../src/views/commands/parse-command.ts';
import type { PlainContext } from './plain-context.ts';
import { fetchAgain } from './product-page.ts';
import { push } from './push-page.ts';
import { search } from './search-page.ts';
import { sync } from './shops-page.ts';
import { undo } from './undo-page.ts';

/** Does what a typed command asks for; answers false where it means to leave. */
export async function runCommand(context: PlainContext, command: Command): Promise<boolean> {
  const { words, print, services } = context;
  switch (command.kind) {
    case 'go': {
      const screen = context.screens.find(({ route }) => route === command.route.screen);
      if (screen === undefined) print(words.screen.plain.notHere);
      else await screen.page(context, command.route);
      return true;
    }
    case 'product':
      await search(context, command.asked);
      return true;
    case 'push': {
      const products = command.asked === undefined ? undefined : await services.lookup.identify(command.asked);
      await push(context, {
        shopIds: command.shopIds,
        productIds: products === undefined ? undefined : products.map((one) => one.id),
      });
      return true;
    }
    case 'sync':
      await sync(context, command);
      return true;
    case 'fetch':
      await fetchAgain(context, command.asked, command.shopIds);
      return true;
    case 'undo':
      await undo(context);
      return true;
    case 'quit':
      return false;
    case 'unknown-shop':
      print(words.screen.unknownShop(command.shop, command.suggestion ?? ''));
      return true;
    case 'language':
    case 'elsewhere':
    case 'unknown':
      print(words.screen.plain.notHere);
      return true;
    default:
      return command satisfies never;
  }
}
