import { Box, Text } from 'ink';
import { useState } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { ConnectionTest } from '../../src/services/shops/shop-service.ts';
import { testLines } from '../../src/views/shops/connection-test-lines.ts';
import {
  credentialsOf,
  type FormField,
  formFields,
  initialFormValues,
  newShopOf,
} from '../../src/views/shops/shop-form.ts';
import { padRight, wrap } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useForm } from '../keyboard/use-form.ts';
import { TextField } from '../widgets/TextField.tsx';
import { defineScreen } from './define-screen.ts';

/** Adds a shop, or changes one. Testing saves nothing; saving is a button of its own (H4). */
export function ShopForm({ shopId }: { readonly shopId?: ShopId }) {
  const { services, words, theme, shops, perform, runTask, notify, back, replace, viewport } = useApp();
  const { form: said } = words.screen;
  const platforms = services.shops.platforms().map(({ id }) => id);
  const known = shops.find((one) => one.shop.id === shopId)?.shop;
  const [test, setTest] = useState<{ readonly of: string; readonly result: ConnectionTest }>();
  const tested = test === undefined ? [said.testFirst] : testLines(test.result, test.of, words);
  // Saved once, but perhaps without its key: saving again changes it.
  const [added, setAdded] = useState<ShopId>();

  const runTest = (values: Readonly<Record<FormField, string>>): void =>
    runTask(words.screen.testing(values.name || values.id), async (signal) => {
      const given = credentialsOf(values);
      const subject = known !== undefined && given === undefined ? known.id : newShopOf(values);
      const result = await services.shops.test(subject, given, signal);
      setTest({ of: values.name || values.id, result });
      notify(
        result.ok ? words.screen.testGood(values.id, String(result.tookMs)) : words.screen.testBad(values.id),
        result.ok ? 'good' : 'wrong',
      );
    });
  const save = (values: Readonly<Record<FormField, string>>): void =>
    perform(async () => {
      const { id: _id, platform: _platform, ...change } = newShopOf(values);
      const there = known?.id ?? added;
      const shop =
        there === undefined ? await services.shops.add(newShopOf(values)) : await services.shops.change(there, change);
      setAdded(shop.id);
      const given = credentialsOf(values);
      if (given !== undefined) await services.shops.saveCredentials(shop.id, given);
      notify(said.saved(shop.name));
      replace({ screen: 'shop', shopId: shop.id });
    });
  /** What was saved, though perhaps without its key, is left for its card. */
  const leave = (): void => (added === undefined ? back() : replace({ screen: 'shop', shopId: added }));
  const form = useForm({
    fieldsFor: (values) =>
      formFields(words, known !== undefined, services.shops.credentialNames(values.platform), platforms),
    start: initialFormValues(known, platforms[0] ?? ''),
    buttons: [
      { label: said.test, run: runTest },
      { label: said.save, run: save },
      { label: words.screen.cancel, run: leave },
    ],
    onEscape: leave,
  });
  const { fields } = form;
  const wide = Math.max(...fields.map((field) => field.label.length)) + 2;
  return (
    <Box flexDirection="column" paddingLeft={3}>
      <Text {...theme.look('strong')}>{known === undefined ? said.titleNew : said.titleEdit(known.name)}</Text>
      {fields.map((field, index) => {
        const here = form.at === index;
        return (
          <Text key={field.id} wrap="truncate">
            <Text {...theme.look('accent')}>{here ? `${theme.sign.cursor} ` : '  '}</Text>
            <Text {...theme.look(here ? 'strong' : 'quiet')}>{padRight(field.label, wide)}</Text>
            <TextField
              field={form.fieldOf(field.id)}
              focused={here}
              hidden={field.hidden}
              width={viewport.columns - wide - 10}
              empty={field.hint}
            />
          </Text>
        );
      })}
      <Text wrap="truncate">
        {'  '}
        {form.buttons.map((label, index) => (
          <Text key={label} {...(form.at === fields.length + index ? theme.cursorRow : {})}>
            {form.at === fields.length + index ? `${theme.sign.cursor}[ ${label} ]` : ` [ ${label} ]`}{' '}
          </Text>
        ))}
      </Text>
      {wrap(said.hint, viewport.columns - 8).map((line) => (
        <Text key={line} wrap="truncate" {...theme.look('quiet')}>{`  ${theme.plain(line)}`}</Text>
      ))}
      {tested.slice(0, Math.max(1, viewport.rows - fields.length - 4)).map((line) => (
        <Text key={line} wrap="truncate">{`  ${theme.plain(line)}`}</Text>
      ))}
    </Box>
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    'shop-form': { readonly shopId?: ShopId };
  }
}

/** The screen `shop-form`. */
export const shopFormScreen = defineScreen({
  route: 'shop-form',
  component: ShopForm,
});
