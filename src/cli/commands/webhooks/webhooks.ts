import type { Subscription } from '../../../ports/platform.ts';
import type { WebhookList } from '../../../services/webhooks/webhook-service.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, shopArgument } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { resolveShop } from '../../resolve-arguments.ts';

const printHooks = async (session: Session, found: WebhookList): Promise<void> => {
  const { words, out, language } = session;
  const { serve, cli, domain } = words;
  const columns: readonly ListColumn<Subscription>[] = [
    { id: 'id', title: cli.title.id, rank: 0, min: 4, max: 36, text: ({ id }) => id },
    { id: 'topic', title: serve.webhooks.topic, rank: 0, min: 8, max: 40, text: ({ topic }) => topic },
    {
      id: 'active',
      title: serve.webhooks.active,
      rank: 0,
      min: 3,
      max: 6,
      text: ({ active }) => (active ? domain.yes : domain.no),
    },
    { id: 'address', title: serve.webhooks.address, rank: 1, min: 12, text: ({ url }) => url },
  ];
  const { subscriptions, silence, hasSecret } = found;
  await printList(session, { kind: 'webhooks', columns, rows: subscriptions, content: found, empty: serve.noWebhooks });
  if (session.format !== 'text' && session.format !== 'plain') return;
  if (!hasSecret) out.note([{ text: serve.noSecret, tone: 'waiting' }]);
  out.note(silence[language]);
};

const list: CommandHandler<Session, object> = async (session, [text = '']) => {
  const shop = await resolveShop(session, text);
  const found = await session.webhooks.list(shop.id, session.signal);
  await printHooks(session, found);
  return found.subscriptions.some(({ active }) => !active) ? exit.findings : exit.ok;
};

const subscribe: CommandHandler<Session, { readonly url: string }> = async (session, [text = ''], { url }) => {
  const shop = await resolveShop(session, text);
  const address = new URL(`${session.webhooks.ownAddress(url)}/hooks/${encodeURIComponent(shop.id)}`);
  await printHooks(session, await session.webhooks.subscribe(shop.id, address, session.signal));
  return exit.ok;
};

const unsubscribe: CommandHandler<Session, object> = async (session, [text = '', id = '']) => {
  const shop = await resolveShop(session, text);
  await printHooks(session, await session.webhooks.unsubscribe(shop.id, id, session.signal));
  return exit.ok;
};

/** `webhooks`: what shops tell by themselves. */
export const webhooksCommand = defineCommand({
  name: 'webhooks',
  help: 'webhooks',
  family: true,
  examples: ['bindeled webhooks list dk'],
});
export const webhooksListCommand = defineCommand({
  name: 'webhooks list',
  help: 'webhooksList',
  arguments: [shopArgument],
  run: list,
  examples: ['bindeled webhooks list dk', 'bindeled webhooks list dk --json'],
});
export const webhooksSubscribeCommand = defineCommand({
  name: 'webhooks subscribe',
  help: 'webhooksSubscribe',
  arguments: [shopArgument],
  options: [{ flags: '--url <address>', help: 'webhooksUrl', required: true }],
  run: subscribe,
  examples: ['bindeled webhooks subscribe dk --url https://hooks.example'],
});
export const webhooksUnsubscribeCommand = defineCommand({
  name: 'webhooks unsubscribe',
  help: 'webhooksUnsubscribe',
  arguments: [shopArgument, { name: '<id>', help: 'webhookId' }],
  run: unsubscribe,
  examples: ['bindeled webhooks unsubscribe dk 42'],
});
