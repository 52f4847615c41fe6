import type { Command } from '../../src/views/commands/parse-command.ts';
import type { Language } from '../../src/views/words/words.ts';
import { useFetch } from '../actions/use-fetch.ts';
import { useApp } from '../context/app-context.ts';
import { openProduct } from '../context/open-product.ts';

type RunCommandOptions = {
  readonly setLanguage: (next: (now: Language) => Language) => void;
  readonly undo: () => void;
  readonly quit: () => void;
};

/** Does what a typed command asks for; what would change something explains itself when read-only. */
export function useRunCommand({ setLanguage, undo, quit }: RunCommandOptions): (command: Command) => void {
  const app = useApp();
  const { words, jobs, jump, services, notify, perform } = app;
  const fetch = useFetch();
  const unlessReadOnly = (work: () => void): void =>
    services.readOnly ? notify(words.screen.readOnlyWhy, 'waiting') : work();

  const push = ({ shopIds, asked, make }: Extract<Command, { kind: 'push' }>): void =>
    perform(async () => {
      const products = asked === undefined ? undefined : await services.lookup.identify(asked);
      if (products?.length === 0) return notify(words.screen.foundNothing(asked ?? ''), 'waiting');
      jump({
        screen: 'push',
        productIds: products === undefined ? undefined : products.map((product) => product.id),
        shopIds,
        ...(make ? { make } : {}),
      });
    });
  return (command) => {
    switch (command.kind) {
      case 'go':
        return jump(command.route);
      case 'product':
        return openProduct(app, command.asked, { tab: command.tab, shopId: command.shopId });
      case 'push':
        return push(command);
      case 'sync':
        return unlessReadOnly(() => jobs.sync(command));
      case 'fetch':
        return unlessReadOnly(() =>
          command.asked.length === 0 ? jump({ screen: 'lookup' }) : fetch(command.asked, command.shopIds),
        );
      case 'language':
        return setLanguage(() => command.language);
      case 'undo':
        return unlessReadOnly(undo);
      case 'quit':
        return quit();
      case 'elsewhere':
        return notify(words.screen.commandElsewhere(command.word), 'waiting');
      case 'unknown':
        return notify(words.screen.unknownCommand(command.word, command.suggestion ?? ''), 'waiting');
      case 'unknown-shop':
        return notify(words.screen.unknownShop(command.shop, command.suggestion ?? ''), 'waiting');
      default:
        return command satisfies never;
    }
  };
}
