import type { Dialect, FakeRequest, FakeResponse } from '../../src/demo/simulators/server.ts';

type Row = Record<string, unknown>;

/** One field of the rows that hold a text, and what stands there instead. */
export type Change = {
  /** The rows that hold exactly this text in a field of their own. */
  readonly of: string;
  /** A field, or one further in: `extension_attributes.website_ids`. */
  readonly field: string;
  /** `gone`: the field is left out. */
  readonly value: unknown;
};
export const gone = Symbol('left out');

/** What a shop's answers are changed by on their way, and the fields that were seen of the rows that hold a text. */
export type Tamper = { change: Change | undefined; hits: number; readonly fields: Map<string, Set<string>> };

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A dialect whose answers arrive changed, whatever it is asked. `texts` name the rows that are looked at. */
export function tampered(real: Dialect, texts: readonly string[], tamper: Tamper): Dialect {
  const answer = (request: FakeRequest, shop: Parameters<Dialect['answer']>[1]): FakeResponse => {
    const response = real.answer(request, shop);
    if (Buffer.isBuffer(response.body)) return response;
    if (typeof response.body === 'string' && response.body.includes('<?xml')) {
      return { ...response, body: changedXml(response.body, texts, tamper) };
    }
    if (typeof response.body === 'string' && !/^\s*[[{]/.test(response.body)) return response;
    const body: unknown =
      typeof response.body === 'string' ? JSON.parse(response.body) : structuredClone(response.body);
    changeRows(body, texts, tamper);
    return { ...response, body: typeof response.body === 'string' ? JSON.stringify(body) : body };
  };
  return { ...real, answer };
}

function changeRows(value: unknown, texts: readonly string[], tamper: Tamper): void {
  if (Array.isArray(value)) for (const one of value) changeRows(one, texts, tamper);
  if (!isObject(value)) return;
  // Rows within it first: a change may take the field away that they stand in.
  for (const one of Object.values(value)) changeRows(one, texts, tamper);
  const held = texts.filter((text) => Object.values(value).includes(text));
  const [text] = held;
  if (text === undefined) return;
  const seen = tamper.fields.get(text) ?? new Set();
  for (const field of fieldsIn(value, texts)) seen.add(field);
  tamper.fields.set(text, seen);
  const { change } = tamper;
  if (change !== undefined && held.includes(change.of) && put(value, change.field.split('.'), change.value))
    tamper.hits += 1;
}

/** The fields of a row, further in where no other row lies. */
const fieldsIn = (row: Row, texts: readonly string[], depth = 0): readonly string[] =>
  Object.entries(row).flatMap(([name, value]) => {
    const isRow = isObject(value) && Object.values(value).some((one) => texts.includes(String(one)));
    if (typeof value !== 'object' || value === null || isRow || depth > 2) return [name];
    return [name, ...fieldsIn(value as Row, texts, depth + 1).map((inner) => `${name}.${inner}`)];
  });

function put(row: unknown, [name = '', ...further]: readonly string[], value: unknown): boolean {
  if (typeof row !== 'object' || row === null || !(name in row)) return false;
  const there = row as Row;
  if (further.length > 0) return put(there[name], further, value);
  if (value === gone) delete there[name];
  else there[name] = value;
  return true;
}

/** The innermost `item` of a SOAP answer that holds a text, with a field of it changed. */
function changedXml(xml: string, texts: readonly string[], tamper: Tamper): string {
  let changed = xml;
  for (const text of texts) {
    const at = changed.indexOf(`>${text}<`);
    if (at < 0) continue;
    const [start, end] = [changed.lastIndexOf('<item', at), changed.indexOf('</item>', at)];
    const item = changed.slice(start, end);
    const names = [...item.matchAll(/<([A-Za-z]+)(?:\s[^>]*)?>[^<]*<\/\1>/g)].map(([, name = '']) => name);
    tamper.fields.set(text, new Set([...(tamper.fields.get(text) ?? []), ...names]));
    const { change } = tamper;
    const field = new RegExp(`<${change?.field}(?:\\s[^>]*)?>[^<]*</${change?.field}>`);
    if (change?.of !== text || !field.test(item)) continue;
    tamper.hits += 1;
    changed = `${changed.slice(0, start)}${item.replace(field, xmlOf(change))}${changed.slice(end)}`;
  }
  return changed;
}

function xmlOf({ field, value }: Change): string {
  if (value === gone) return '';
  if (value === null) return `<${field} xsi:nil="true"/>`;
  return `<${field}>${typeof value === 'object' ? '<odd>1</odd>' : String(value)}</${field}>`;
}
