import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, shopArgument } from '../../define-command.ts';
import { resolveShop } from '../../resolve-arguments.ts';
import { printTestResult } from './test-output.ts';

const test: CommandHandler<Session, object> = async (session, [text = '']) => {
  const shop = await resolveShop(session, text);
  return printTestResult(session, shop.name, await session.services.shops.test(shop.id, undefined, session.signal));
};

/** `shops test`: tries the connection, and says what the key may. */
export const shopsTestCommand = defineCommand({
  name: 'shops test',
  help: 'shopsTest',
  arguments: [shopArgument],
  run: test,
  examples: ['bindeled shops test dk'],
});
