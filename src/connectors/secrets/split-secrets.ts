import type { CredentialForm, Secrets } from '../../ports/platform.ts';

/** Keys and passwords, and apart from them who signs in, as the forms of a system say of each field. */
export function splitSecrets(
  forms: readonly CredentialForm[],
  secrets: Secrets,
): { readonly secrets: readonly string[]; readonly names: readonly string[] } {
  const shown = new Set(forms.flatMap(({ fields }) => fields.filter(({ secret }) => !secret).map(({ name }) => name)));
  const entries = Object.entries(secrets);
  return {
    secrets: entries.filter(([name]) => !shown.has(name)).map(([, value]) => value),
    names: entries.filter(([name]) => shown.has(name)).map(([, value]) => value),
  };
}
