import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { files, textOf } from './repository.ts';

/** A part of a file as the parser saw it. */
export type Node = { readonly type: string; readonly start: number; readonly end: number } & {
  readonly [name: string]: unknown;
};

export type Import = {
  /** As written. */
  readonly specifier: string;
  /** From the root of the project, where it names one of our own files. */
  readonly file?: string;
  readonly typeOnly: boolean;
  /** `import()`: loaded only when that line is reached. */
  readonly lazy: boolean;
};

export type Source = {
  /** From the root of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly program: Node;
  readonly imports: readonly Import[];
};

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Visits a node and all under it, each with the name it has in its parent. */
export function walk(node: Node, visit: (node: Node, as: string, parent?: Node) => void): void {
  const enter = (one: Node, as: string, parent?: Node): void => {
    visit(one, as, parent);
    for (const [name, value] of Object.entries(one)) {
      if (isNode(value)) enter(value, name, one);
      else if (Array.isArray(value)) for (const item of value) if (isNode(item)) enter(item, name, one);
    }
  };
  enter(node, '');
}

const literalOf = (value: unknown): string | undefined =>
  isNode(value) && typeof value.value === 'string' ? value.value : undefined;

/** Every specifier is `type`, or the whole statement is. */
const onlyTypes = (node: Node): boolean => {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers;
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every((one: Node) => one.importKind === 'type' || one.exportKind === 'type')
  );
};

function importsOf(path: string, program: Node): readonly Import[] {
  const found: Import[] = [];
  walk(program, (node) => {
    if (!/^(Import|Export(Named|All))Declaration$|^ImportExpression$|^TSImportType$/.test(node.type)) return;
    const specifier = literalOf(node.source) ?? literalOf(node.argument);
    if (specifier === undefined) return;
    found.push({
      specifier,
      ...(specifier.startsWith('.') ? { file: normalize(join(dirname(path), specifier)).replaceAll('\\', '/') } : {}),
      typeOnly: node.type === 'TSImportType' || onlyTypes(node),
      lazy: node.type === 'ImportExpression',
    });
  });
  return found;
}

export function parse(path: string, text: string): Source {
  const program = parseSync(path, text).program as unknown as Node;
  return { path, text, lines: text.split('\n').length - 1, program, imports: importsOf(path, program) };
}

/** Every TypeScript file of the project, parsed: that takes seconds, so that one file of tests alone names this one. */
export const sources: readonly Source[] = files
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => parse(path, textOf(path)));

/** The line (from 1) on which a node begins. */
export const lineOf = (source: Source, node: Node): number => source.text.slice(0, node.start).split('\n').length;
