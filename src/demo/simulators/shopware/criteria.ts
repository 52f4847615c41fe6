import type { FakeResponse } from '../server.ts';

/** A row with everything that may be asked of it; associations stand in it as rows and lists of rows. */
export type Entity = Readonly<Record<string, unknown>>;

type Filter = {
  readonly type?: string;
  readonly field?: string;
  readonly value?: unknown;
  readonly operator?: string;
  readonly queries?: readonly Filter[];
  readonly parameters?: Readonly<Record<string, unknown>>;
};
export type AskedCriteria = {
  readonly page?: number;
  readonly limit?: number;
  readonly ids?: readonly string[];
  readonly filter?: readonly Filter[];
  readonly sort?: readonly { readonly field: string; readonly order?: string }[];
  readonly associations?: Readonly<Record<string, AskedCriteria>>;
  readonly includes?: Readonly<Record<string, readonly string[]>>;
  readonly 'total-count-mode'?: number;
};

/** What Shopware says when it will not. */
export const failure = (
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): FakeResponse => ({
  status,
  body: { errors: [{ status: String(status), code, title: titles[status] ?? 'Error', detail, ...more }] },
});
const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'The resource owner or authorization server denied the request.',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
};

/** Thrown for criteria that Shopware would not take. */
export class BadCriteria extends Error {
  override readonly name = 'BadCriteria';
  readonly answer: FakeResponse;
  constructor(answer: FakeResponse) {
    super(JSON.stringify(answer.body));
    this.answer = answer;
  }
}

const valueAt = (row: Entity, field: string): unknown =>
  field.split('.').reduce<unknown>((value, name) => {
    if (value === null || value === undefined) return null;
    const held = value as Entity;
    if (!(name in held)) {
      const said = `Field "${field}" in entity was not found.`;
      throw new BadCriteria(failure(400, 'FRAMEWORK__UNMAPPED_FIELD', said));
    }
    return held[name];
  }, row);

// The database compares without regard to case and to blanks at the end.
const folded = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase().trimEnd() : value);

/** A moment as the database gets it: the zone of a text is dropped and its figures are taken for UTC. */
const storedMoment = (value: unknown): string =>
  String(value)
    .replace(/(Z|[+-]\d{2}:?\d{2})$/, '')
    .slice(0, 23)
    .padEnd(19, ':00')
    .replace(/^(.{19})$/, '$1.000');

const isMoment = (field: string): boolean => /(createdAt|updatedAt|DateTime|Date)$/.test(field);

function compare(field: string, held: unknown, bound: unknown): number {
  if (isMoment(field))
    return storedMoment(held) < storedMoment(bound) ? -1 : storedMoment(held) > storedMoment(bound) ? 1 : 0;
  return Number(held) - Number(bound);
}

const ranges: Readonly<Record<string, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

function holds(row: Entity, filter: Filter): boolean {
  const { type, field = '' } = filter;
  if (type === 'multi' || type === 'not') {
    const queries = filter.queries ?? [];
    const all =
      filter.operator?.toUpperCase() === 'OR'
        ? queries.some((one) => holds(row, one))
        : queries.every((one) => holds(row, one));
    return type === 'not' ? !all : all;
  }
  const held = valueAt(row, field);
  if (type === 'equals') return folded(held) === folded(filter.value ?? null);
  if (type === 'equalsAny') {
    const values = Array.isArray(filter.value) ? filter.value : String(filter.value).split('|');
    return values.map(folded).includes(folded(held));
  }
  if (type === 'range') {
    if (held === null || held === undefined) return false;
    return Object.entries(filter.parameters ?? {}).every(
      ([name, bound]) => ranges[name]?.(compare(field, held, bound)) ?? false,
    );
  }
  if (type === 'contains') return String(folded(held)).includes(String(folded(filter.value)));
  throw new BadCriteria(failure(400, 'FRAMEWORK__INVALID_FILTER_QUERY', `The filter type "${type}" is not supported.`));
}

/** What a search finds, in order and not yet shown. Throws `BadCriteria`. */
export function find(rows: readonly Entity[], criteria: AskedCriteria, most = 500): readonly Entity[] {
  const { limit = 100, page = 1 } = criteria;
  if (criteria.ids === undefined && limit > most) {
    const said = `The limit must be lower than or equal to MAX_LIMIT(=${most}). Given: ${limit}`;
    throw new BadCriteria(failure(400, 'FRAMEWORK__QUERY_LIMIT_EXCEEDED', said));
  }
  if (limit < 1 || page < 1)
    throw new BadCriteria(failure(400, 'FRAMEWORK__INVALID_LIMIT_QUERY', `The limit must be greater than 0: ${limit}`));
  for (const id of criteria.ids ?? []) {
    if (!/^[0-9a-f]{32}$/.test(id)) throw new BadCriteria(failure(500, '0', `Value is not a valid UUID: ${id}`));
  }
  const found = rows.filter(
    (row) =>
      (criteria.ids === undefined || criteria.ids.includes(String(row.id))) &&
      (criteria.filter ?? []).every((filter) => holds(row, filter)),
  );
  return [...found].sort((a, b) => {
    for (const { field, order } of criteria.sort ?? []) {
      const [first, second] = [valueAt(a, field), valueAt(b, field)] as [string | number, string | number];
      if (first !== second) return (first < second ? -1 : 1) * (order?.toUpperCase() === 'DESC' ? -1 : 1);
    }
    return 0;
  });
}

/** How the associations of each entity are called, and what they hold. */
const associated: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  product: { cover: 'product_media', options: 'property_group_option', visibilities: 'product_visibility' },
  product_media: { media: 'media' },
  order_line_item: { order: 'order', product: 'product' },
  order: { stateMachineState: 'state_machine_state', transactions: 'order_transaction', deliveries: 'order_delivery' },
  order_transaction: { stateMachineState: 'state_machine_state' },
  order_delivery: { stateMachineState: 'state_machine_state' },
  integration: { aclRoles: 'acl_role' },
};

/** Every entity that the criteria touch: a key needs to read each of them. */
export function entitiesIn(entity: string, criteria: AskedCriteria): readonly string[] {
  const deeper = Object.entries(criteria.associations ?? {}).flatMap(([name, inner]) => {
    const other = associated[entity]?.[name];
    if (other === undefined) {
      throw new BadCriteria(
        failure(400, 'FRAMEWORK__ASSOCIATION_NOT_FOUND', `Can not find association by name ${name}`),
      );
    }
    return entitiesIn(other, inner);
  });
  return [entity, ...deeper];
}

/** A row as it is answered: only the associations that were asked for, and only the fields that are included. */
export function shown(entity: string, row: Entity, criteria: AskedCriteria): Entity {
  const known = associated[entity] ?? {};
  const includes = criteria.includes?.[entity];
  const fields = Object.entries(row).filter(([name]) => includes === undefined || includes.includes(name));
  return Object.fromEntries(
    fields.map(([name, value]) => {
      const other = known[name];
      if (other === undefined) return [name, value];
      const asked = criteria.associations?.[name];
      if (asked === undefined) return [name, null];
      const inner = { ...asked, includes: criteria.includes };
      return [
        name,
        Array.isArray(value)
          ? value.map((one) => shown(other, one, inner))
          : value === null
            ? null
            : shown(other, value as Entity, inner),
      ];
    }),
  );
}
