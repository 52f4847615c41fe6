import type { CredentialForm } from '../../../ports/platform.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, shopArgument } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { readLines, readSecrets } from '../../read-secret.ts';
import { resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

type Options = { readonly form?: string };

const namesOf = (form: CredentialForm): string => form.fields.map((field) => field.name).join(', ');

/** The form that was named; else, of several, the one that has as many fields as lines were piped; else the first. */
function chosenForm(
  forms: readonly CredentialForm[],
  named: string | undefined,
  piped: readonly string[] | undefined,
): CredentialForm | undefined {
  if (named !== undefined) return forms.find((form) => form.id === named);
  return forms.find((form) => form.fields.length === piped?.length) ?? forms[0];
}

const keepKey: CommandHandler<Session, Options> = async (session, [text = ''], options) => {
  const { services, out, words } = session;
  const shop = await resolveShop(session, text);
  const driver = services.shops.platforms().find(({ id }) => id === shop.platform);
  if (driver === undefined)
    throw new UsageError(words.cli.unknownPlatform(shop.name, shop.platform), words.cli.tip.help);
  const ids = driver.credentials.map((form) => form.id).join(', ');
  const piped = process.stdin.isTTY === true ? undefined : await readLines();
  const form = chosenForm(driver.credentials, options.form, piped);
  if (form === undefined) throw new UsageError(words.cli.usage.notAChoice(options.form ?? '', ids), words.cli.tip.help);
  const answers = piped ?? (await readSecrets(form.fields.map((field) => `${shop.name}, ${field.label}`)));
  const kept = form.fields.map((field, index) => [field.name, answers[index] ?? ''] as const);
  if (kept.some(([, value]) => value === '')) {
    throw new UsageError(words.cli.usage.missingArgument(namesOf(form)), words.cli.tip.keyByPipe(namesOf(form)));
  }
  await services.shops.saveCredentials(shop.id, Object.fromEntries(kept));
  const names = kept.map(([name]) => name);
  if (session.format === 'json') out.data(jsonDocument('key-kept', { shop: shop.id, names }));
  else out.say(words.cli.keyKept(shop.name));
  return exit.ok;
};

/** `shops key`: keeps a shop's credentials, asked for on the terminal or piped in, a line a field. */
export const shopsKeyCommand = defineCommand({
  name: 'shops key',
  help: 'shopsKey',
  arguments: [shopArgument],
  options: [{ flags: '--form <form>', help: 'credentialForm' }],
  run: keepKey,
  examples: ['bindeled shops key dk'],
});
