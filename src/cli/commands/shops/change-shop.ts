import { resolve } from 'node:path';
import type { ShopChange } from '../../../services/shops/shop-service.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { readSmallFile } from '../../files/file-text.ts';
import { jsonDocument } from '../../output/json.ts';
import { resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

/** What may be said of a shop. */
export type ShopOptions = {
  readonly platform?: string;
  readonly url?: string;
  readonly name?: string;
  readonly country?: string;
  readonly owner?: string;
  readonly skuPostfix?: string;
  readonly negative?: 'send' | 'hold-at-zero';
  readonly ca?: string;
  readonly option?: readonly string[];
  readonly acceptIdentity?: string;
};

/** `name=value` pairs of `--option`. */
export const optionPairs = (session: Session, given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(session.words.cli.usage.invalidArgument(text), '--option name=value');
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );

/** The file of a CA, whole from wherever it is called later, and looked into now: a wrong one is found out by nobody else. */
function caFile(file: string, words: Words): string {
  if (file === '') return '';
  const path = resolve(file);
  const text = `${readSmallFile(path, words)}`;
  if (!/-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(text)) {
    throw new UsageError(words.cli.file.notCertificate(file), words.cli.file.pem);
  }
  return path;
}

/** The changes that the options ask for. */
export const shopChanges = (session: Session, options: Partial<ShopOptions>): ShopChange => ({
  ...(options.url === undefined ? {} : { url: options.url }),
  ...(options.name === undefined ? {} : { name: options.name }),
  ...(options.country === undefined ? {} : { country: options.country }),
  ...(options.owner === undefined ? {} : { owner: options.owner }),
  ...(options.skuPostfix === undefined ? {} : { skuPostfix: options.skuPostfix }),
  ...(options.negative === undefined ? {} : { negative: options.negative }),
  ...(options.ca === undefined ? {} : { caFile: caFile(options.ca, session.words) }),
  ...(options.acceptIdentity === undefined ? {} : { acceptIdentity: options.acceptIdentity }),
  ...(options.option === undefined ? {} : { options: optionPairs(session, options.option) }),
});

/** Changes a shop as the options ask, and as is fixed. */
export const changeShop =
  (fixed: ShopChange): CommandHandler<Session, Partial<ShopOptions>> =>
  async (session, [text = ''], options) => {
    const { services, out, words } = session;
    const before = await resolveShop(session, text);
    const asked = { ...shopChanges(session, options), ...fixed };
    if (Object.keys(asked).length === 0)
      throw new UsageError(words.cli.usage.nothingToChange, 'bindeled shops change --help');
    const shop = await services.shops.change(before.id, asked);
    const said = words.domain.event;
    if (session.format === 'json') out.data(jsonDocument('shop-changed', { before, shop }));
    else if (fixed.paused === undefined) out.say(said.shopChanged(shop.name, Object.keys(asked).join(', ')));
    else out.say(fixed.paused ? said.shopPaused(shop.name) : said.shopResumed(shop.name));
    return exit.ok;
  };

/** The options of a shop that may be changed later. */
export const shopOptions = [
  { flags: '--url <address>', help: 'url' },
  { flags: '--name <name>', help: 'shopName' },
  { flags: '--country <code>', help: 'country' },
  { flags: '--owner <name>', help: 'owner' },
  { flags: '--sku-postfix <text>', help: 'skuPostfix' },
  { flags: '--negative <how>', help: 'negative', choices: ['send', 'hold-at-zero'] },
  { flags: '--ca <file>', help: 'ca' },
  { flags: '--option <name=value...>', help: 'platformOption' },
] as const;
