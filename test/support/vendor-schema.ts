/** A schema as OpenAPI writes it; only what is looked at here. */
export type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** Follows `$ref` to where it leads inside one document. */
export function resolved(root: Schema, schema: unknown): Schema {
  const ref = isSchema(schema) ? schema.$ref : undefined;
  if (typeof ref !== 'string') return isSchema(schema) ? schema : {};
  const target = ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((at, name) => (isSchema(at) ? at[name.replaceAll('~1', '/')] : undefined), root);
  return resolved(root, target);
}

/** The properties of a schema, with those of all that it is made of. */
export function propertiesOf(root: Schema, schema: unknown): ReadonlyMap<string, unknown> {
  const whole = resolved(root, schema);
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((name) => (Array.isArray(whole[name]) ? whole[name] : []));
  return new Map([
    ...parts.flatMap((part) => [...propertiesOf(root, part)]),
    ...Object.entries(isSchema(whole.properties) ? whole.properties : {}),
  ]);
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

/**
 * Where a value is other than its schema has it: fields that it does not know, and types that it does not have.
 * `null` is let pass everywhere: vendors' files call plain what their servers leave empty.
 */
export function mismatches(root: Schema, schema: unknown, value: unknown, at = ''): readonly string[] {
  if (value === null || value === undefined) return [];
  const whole = resolved(root, schema);
  const properties = propertiesOf(root, schema);
  if (Array.isArray(value)) return value.flatMap((one, index) => mismatches(root, whole.items, one, `${at}[${index}]`));
  if (typeof value === 'object') {
    if (properties.size === 0) return [];
    return Object.entries(value).flatMap(([name, held]) =>
      held === undefined
        ? []
        : properties.has(name)
          ? mismatches(root, properties.get(name), held, `${at}.${name}`)
          : [`${at}.${name} is not known`],
    );
  }
  const type = whole.type;
  const kind = kindOf(value);
  if (typeof type !== 'string' || type === kind || (type === 'number' && kind === 'integer')) return [];
  return [`${at} is ${kind}, not ${type}`];
}
