import type { Command } from '../../src/views/input/commands.ts';
import type { Language } from '../../src/views/words.ts';
import { useFetch } from '../acts/use-fetch.ts';
import { useDesk } from '../desk/use-desk.ts';
import { openProduct } from '../open-product.ts';

type Around = {
  readonly setLanguage: (next: (now: Language) => Language) => void;
  readonly undo: () => void;
  readonly quit: () => void;
};

/** Does what a typed command asks for; what would change something explains itself when read-only. */
export function useCommand({ setLanguage, undo, quit }: Around): (command: Command) => void {
  const desk = useDesk();
  const { words, jobs, jump, services, say, act } = desk;
  const fetch = useFetch();
  const acts = (doing: () => void): void => (services.readOnly ? say(words.screen.readOnlyWhy, 'waiting') : doing());

  const push = ({ shopIds, asked, make }: Extract<Command, { kind: 'push' }>): void =>
    act(async () => {
      const products = asked === undefined ? undefined : await services.identify(asked);
      if (products?.length === 0) return say(words.screen.foundNothing(asked ?? ''), 'waiting');
      jump({
        screen: 'push',
        ...(products === undefined ? {} : { productIds: products.map((product) => product.id) }),
        ...(shopIds === undefined ? {} : { shopIds }),
        ...(make ? { make } : {}),
      });
    });
  return (command) => {
    switch (command.kind) {
      case 'go':
        return jump(command.spot);
      case 'product':
        return openProduct(desk, command.asked, { tab: command.tab, shopId: command.shopId });
      case 'push':
        return push(command);
      case 'sync':
        return acts(() => jobs.sync(command));
      case 'fetch':
        return acts(() =>
          command.asked.length === 0 ? jump({ screen: 'lookup' }) : fetch(command.asked, command.shopIds),
        );
      case 'language':
        return setLanguage(() => command.language);
      case 'undo':
        return acts(undo);
      case 'quit':
        return quit();
      case 'elsewhere':
        return say(words.screen.commandElsewhere(command.word), 'waiting');
      case 'unknown':
        return say(words.screen.unknownCommand(command.word, command.meant ?? ''), 'waiting');
      case 'unknown-shop':
        return say(words.screen.unknownShop(command.shop, command.meant ?? ''), 'waiting');
      default:
        return command satisfies never;
    }
  };
}
