import type { Shop } from '../../domain/shop.ts';
import type { CredentialForm, Localised, OptionField, PlatformDriver, Secrets } from '../../ports/platform.ts';
import type { ConnectionReport } from '../../ports/shop-connector.ts';
import type { NewShop } from '../../services/shops/shop-service.ts';
import type { Language, Words } from '../words/words.ts';

/** One thing that may be chosen on a line, as it is kept and as it is read. */
export type FormChoice = { readonly value: string; readonly label: string };
/** One line of the form. */
export type FormLine = {
  readonly id: string;
  readonly label: string;
  /** Stands in the line while it is empty. */
  readonly hint: string;
  /** What the value is and where it is found, said while the cursor is on the line. */
  readonly about: string;
  readonly hidden?: boolean;
  readonly required?: boolean;
  readonly choices?: readonly FormChoice[];
  /** What is meant while nothing was chosen. */
  readonly usual?: string;
};
/** What stands in the lines, by their ids. */
export type FormValues = Readonly<Record<string, string>>;

/** The lines of a credential and of a platform's own option, told apart from the form's own. */
export const credentialLine = (name: string): string => `key:${name}`;
const optionLine = (name: string): string => `option:${name}`;

/** Everything that the lines hang on but the values themselves. */
export type FormContext = {
  readonly words: Words;
  readonly language: Language;
  readonly platforms: readonly PlatformDriver[];
  /** The shop that is changed; a new one where left out. */
  readonly known?: Shop;
  /** What a test of the connection offered for the platform's options. */
  readonly offered?: ConnectionReport['choices'];
};

const textIn = (values: FormValues, id: string): string => values[id] ?? '';

/** The driver of the platform that was chosen or found. */
export const chosenDriver = (values: FormValues, platforms: readonly PlatformDriver[]): PlatformDriver | undefined =>
  platforms.find(({ id }) => id === textIn(values, 'platform'));

/** The way of being let in that was chosen; the best one where none was. */
export const chosenForm = (values: FormValues, driver: PlatformDriver): CredentialForm =>
  driver.credentials.find(({ id }) => id === textIn(values, 'form')) ?? driver.credentials[0];

const said = (text: Localised, language: Language): string => text[language];

/** The lines of what the chosen platform wants to be let in with. */
function credentialLines(values: FormValues, context: FormContext): readonly FormLine[] {
  const { words, language, platforms, known } = context;
  const driver = chosenDriver(values, platforms);
  if (driver === undefined) return [];
  const form = chosenForm(values, driver);
  const choices = driver.credentials.map(({ id, label }) => ({ value: id, label: said(label, language) }));
  const ways: readonly FormLine[] =
    choices.length === 1
      ? []
      : [
          {
            id: 'form',
            label: words.screen.form.way,
            hint: '',
            about: words.screen.form.wayHint,
            choices,
            usual: form.id,
          },
        ];
  return [
    ...ways,
    ...form.fields.map((field) => ({
      id: credentialLine(field.name),
      label: field.label,
      hint: known === undefined ? '' : words.screen.form.kept,
      about: said(field.hint, language),
      hidden: field.secret,
      required: known === undefined,
    })),
  ];
}

function choicesOf(field: OptionField, offered: ConnectionReport['choices']): readonly FormChoice[] | undefined {
  const found = offered.filter(({ option }) => option === field.name).map(({ value, label }) => ({ value, label }));
  const all = found.length > 0 ? found : (field.choices ?? []).map((value) => ({ value, label: value }));
  return all.length === 0 ? undefined : [{ value: '', label: '' }, ...all];
}

function optionLines(values: FormValues, context: FormContext): readonly FormLine[] {
  const { words, language, platforms, offered = [] } = context;
  const fields = chosenDriver(values, platforms)?.options.fields ?? [];
  return fields.map((field) => ({
    id: optionLine(field.name),
    label: said(field.label, language),
    hint: field.usual ?? words.screen.form.optional,
    about: said(field.hint, language),
    choices: choicesOf(field, offered),
  }));
}

/**
 * The lines of the form: the address first, since the platform is found by it; then what that platform asks for. A
 * shop that is known keeps its id and platform, and its key where none is typed.
 */
export function formLines(values: FormValues, context: FormContext): readonly FormLine[] {
  const { words, platforms, known } = context;
  const { form } = words.screen;
  const choices = platforms.map(({ id, label }) => ({ value: String(id), label }));
  const optional = (id: string, label: string): FormLine => ({ id, label, hint: form.optional, about: '' });
  return [
    { id: 'url', label: form.url, hint: '', about: form.urlHint, required: true },
    ...(known === undefined
      ? [{ id: 'platform', label: form.platform, hint: form.platformHint, about: '', required: true, choices }]
      : []),
    ...credentialLines(values, context),
    ...(known === undefined ? [{ id: 'id', label: form.id, hint: '', about: form.idHint, required: true }] : []),
    optional('name', form.name),
    optional('country', form.country),
    // A postfix is an owner's: without one there is nobody whose numbers bear it.
    { ...optional('owner', form.owner), required: textIn(values, 'skuPostfix').trim() !== '' },
    optional('skuPostfix', form.skuPostfix),
    ...optionLines(values, context),
  ];
}

/** What stands in the form when it opens. Never a key. */
export const initialFormValues = (shop: Shop | undefined): FormValues => ({
  id: shop?.id ?? '',
  platform: shop?.platform ?? '',
  url: shop?.url ?? '',
  name: shop?.name ?? '',
  country: shop?.country ?? '',
  owner: shop?.owner?.name ?? '',
  skuPostfix: shop?.owner?.skuPostfix ?? '',
  ...Object.fromEntries(Object.entries(shop?.options ?? {}).map(([name, value]) => [optionLine(name), value])),
});

/** What was typed; empty where what was there before is taken away, and left out where nothing was. */
const given = <Name extends string>(name: Name, text: string, before?: string): { readonly [Key in Name]?: string } =>
  (text.trim() === '' && before === undefined ? {} : { [name]: text.trim() }) as { readonly [Key in Name]?: string };

/** The shop that the form describes; what was left empty is left out, but for what was emptied. */
export function newShopOf(values: FormValues, { platforms, known }: Pick<FormContext, 'platforms' | 'known'>): NewShop {
  const fields = chosenDriver(values, platforms)?.options.fields ?? [];
  const options = fields.flatMap(({ name }): readonly (readonly [string, string])[] => {
    const value = textIn(values, optionLine(name)).trim();
    return value === '' && known?.options[name] === undefined ? [] : [[name, value]];
  });
  return {
    id: textIn(values, 'id').trim(),
    platform: textIn(values, 'platform'),
    url: textIn(values, 'url').trim(),
    ...given('name', textIn(values, 'name'), known?.name),
    ...given('country', textIn(values, 'country').toUpperCase(), known?.country),
    ...given('owner', textIn(values, 'owner'), known?.owner?.name),
    ...given('skuPostfix', textIn(values, 'skuPostfix'), known?.owner?.skuPostfix),
    ...(options.length === 0 ? {} : { options: Object.fromEntries(options) }),
  };
}

/** The secrets that were typed, of the way that was chosen; nothing when none was. */
export function credentialsOf(values: FormValues, platforms: readonly PlatformDriver[]): Secrets | undefined {
  const driver = chosenDriver(values, platforms);
  if (driver === undefined) return undefined;
  const typed = chosenForm(values, driver)
    .fields.map(({ name }) => [name, textIn(values, credentialLine(name)).trim()] as const)
    .filter(([, value]) => value !== '');
  return typed.length === 0 ? undefined : Object.fromEntries(typed);
}

/**
 * The line that keeps the form from being tested or saved, and why: one that is empty or does not look right. A
 * key may be left out whole when a shop is saved, and given later; never in half.
 */
export function formProblem(
  values: FormValues,
  context: FormContext,
  keyNeeded: boolean,
): { readonly line: FormLine; readonly why: 'empty' | 'looks-wrong' } | undefined {
  const driver = chosenDriver(values, context.platforms);
  const hasKey = credentialsOf(values, context.platforms) !== undefined;
  const fields = driver === undefined ? [] : chosenForm(values, driver).fields;
  for (const line of formLines(values, context)) {
    const text = textIn(values, line.id).trim();
    const field = fields.find(({ name }) => credentialLine(name) === line.id);
    const isNeeded = field === undefined ? line.required === true : hasKey || keyNeeded;
    if (text === '' && isNeeded) return { line, why: 'empty' };
    if (text !== '' && field?.pattern?.test(text) === false) return { line, why: 'looks-wrong' };
  }
  return undefined;
}
