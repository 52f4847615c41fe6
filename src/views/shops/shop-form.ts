import type { Shop } from '../../domain/shop.ts';
import type { Secrets } from '../../ports/platform.ts';
import type { NewShop } from '../../services/shops/shop-service.ts';
import type { Words } from '../words/words.ts';

export type FormField =
  | 'id'
  | 'platform'
  | 'url'
  | 'name'
  | 'country'
  | 'owner'
  | 'skuPostfix'
  | 'key'
  | 'secret'
  | 'token';
export type FormLine = {
  readonly id: FormField;
  readonly label: string;
  readonly hint: string;
  readonly hidden?: boolean;
  readonly choices?: readonly string[];
};
export type FormValues = Readonly<Record<FormField, string>>;

const secretFields = ['key', 'secret', 'token'] as const;

/**
 * The lines of the form. A shop that is known keeps its id and platform, and its key where none is typed.
 * `secrets` are what the platform's are called: no others are asked for.
 */
export function formFields(
  words: Words,
  known: boolean,
  secrets: readonly string[],
  platforms: readonly string[],
): readonly FormLine[] {
  const { form } = words.screen;
  const secret = (id: FormField, label: string): FormLine => ({
    id,
    label,
    hint: known ? form.kept : '',
    hidden: true,
  });
  return [
    ...(known
      ? []
      : [
          { id: 'id' as const, label: form.id, hint: '' },
          { id: 'platform' as const, label: form.platform, hint: form.platformHint, choices: platforms },
        ]),
    { id: 'url', label: form.url, hint: '' },
    { id: 'name', label: form.name, hint: form.optional },
    { id: 'country', label: form.country, hint: form.optional },
    { id: 'owner', label: form.owner, hint: form.optional },
    { id: 'skuPostfix', label: form.skuPostfix, hint: form.optional },
    ...secretFields.filter((id) => secrets.includes(id)).map((id) => secret(id, form[id])),
  ];
}

/** What stands in the form when it opens. Never a key. */
export const initialFormValues = (shop: Shop | undefined, platform: string): FormValues => ({
  id: shop?.id ?? '',
  platform: shop?.platform ?? platform,
  url: shop?.url ?? '',
  name: shop?.name ?? '',
  country: shop?.country ?? '',
  owner: shop?.owner?.name ?? '',
  skuPostfix: shop?.owner?.skuPostfix ?? '',
  key: '',
  secret: '',
  token: '',
});

const given = <Name extends string>(name: Name, text: string): { readonly [Key in Name]?: string } =>
  (text.trim() === '' ? {} : { [name]: text.trim() }) as { readonly [Key in Name]?: string };

/** The shop that the form describes; what was left empty is left out. */
export const newShopOf = (values: FormValues): NewShop => ({
  id: values.id.trim(),
  platform: values.platform,
  url: values.url.trim(),
  ...given('name', values.name),
  ...given('country', values.country.toUpperCase()),
  ...given('owner', values.owner),
  ...given('skuPostfix', values.skuPostfix),
});

/** The secrets that were typed; nothing when none was. */
export function credentialsOf({ key, secret, token }: FormValues): Secrets | undefined {
  const typed = { ...given('key', key), ...given('secret', secret), ...given('token', token) };
  const kept = Object.entries(typed).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
