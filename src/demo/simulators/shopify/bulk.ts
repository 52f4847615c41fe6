import { type DocumentNode, executeSync, type GraphQLSchema, parse } from 'graphql';
import type { FakeRequest, FakeResponse } from '../server.ts';
import { gid, numberIn, type RequestContext } from './request-context.ts';

/** A file that was ordered: its text in ASCII, so that a letter is a byte. */
type FakeFile = { readonly text: string; readonly lines: number; readonly createdAt: number; asked: number };
export type FakeFiles = Map<string, FakeFile>;

/**
 * How ordering files goes wrong: other files are being made, it fails, somebody cancels it, it never ends, lines are
 * missing, it is gone, its address has ended (at once, or half read), or the line is cut in the middle of a part.
 */
export type FileTrouble =
  | 'busy'
  | 'fails'
  | 'cancelled'
  | 'endless'
  | 'short'
  | 'gone-half-read'
  | 'address-ended'
  | 'address-ends-half-read'
  | 'cut';

type Order = {
  readonly context: RequestContext;
  readonly schema: GraphQLSchema;
  readonly files: FakeFiles;
  readonly trouble: FileTrouble | undefined;
  /** The fields at the top, for a list that is whole. */
  readonly root: object;
};

/** `bulkOperationRunQuery`: runs the query at once; the file is shown when it was asked for twice. */
export function runBulk({ context, schema, files, trouble, root }: Order, query: string) {
  if (trouble === 'busy') {
    const message = 'A bulk query operation for this app and shop is already in progress.';
    return { bulkOperation: null, userErrors: [{ code: 'OPERATION_IN_PROGRESS', field: null, message }] };
  }
  const document: DocumentNode = parse(query);
  const { data, errors } = executeSync({ schema, document, rootValue: root });
  const [list] = Object.values(data ?? {});
  const lines = errors === undefined ? linesOf(list) : [];
  const id = String(files.size + 501);
  const kept = trouble === 'short' ? lines.slice(0, -1) : lines;
  files.set(id, { text: kept.join(''), lines: lines.length, createdAt: context.shop.now(), asked: 0 });
  return { bulkOperation: { __typename: 'BulkOperation', id: gid('BulkOperation', id) }, userErrors: [] };
}

/** One line an object; what lies in a list of its own comes behind it, with the id of what it belongs to. */
function linesOf(list: unknown, parent?: string): readonly string[] {
  const edges = isRecord(list) && Array.isArray(list.edges) ? list.edges : [];
  return edges.flatMap(({ node }: { node: Readonly<Record<string, unknown>> }) => {
    const own = Object.entries(node).filter(([, value]) => !isList(value));
    const lists = Object.values(node).filter(isList);
    const line = { ...Object.fromEntries(own), ...(parent === undefined ? {} : { __parentId: parent }) };
    const id = typeof node.id === 'string' ? node.id : undefined;
    return [`${ascii(JSON.stringify(line))}\n`, ...lists.flatMap((one) => linesOf(one, id))];
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isList = (value: unknown): boolean => isRecord(value) && 'edges' in value;
const ascii = (text: string): string =>
  text.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** `bulkOperation(id)`. */
export function bulkOperation({ context, files, trouble }: Order, asked: string, host: string) {
  const id = numberIn('BulkOperation', asked) ?? '';
  const file = files.get(id);
  if (file === undefined) return null;
  file.asked += 1;
  const isMade = file.asked > 1 && trouble !== 'endless';
  const isGone = trouble === 'fails' || (trouble === 'gone-half-read' && file.asked > 2);
  const isCancelled = trouble === 'cancelled' && file.asked > 1;
  const status = isCancelled
    ? file.asked > 2
      ? 'CANCELED'
      : 'CANCELING'
    : isGone && isMade
      ? 'FAILED'
      : isMade
        ? 'COMPLETED'
        : 'RUNNING';
  const ready = status === 'COMPLETED' && file.lines > 0;
  return {
    __typename: 'BulkOperation',
    id: asked,
    status,
    errorCode: status === 'FAILED' ? 'INTERNAL_SERVER_ERROR' : null,
    createdAt: new Date(file.createdAt).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    objectCount: String(isMade ? file.lines : 0),
    fileSize: ready ? String(file.text.length) : null,
    url: ready ? `http://${host}/files/${context.shop.name}/${id}.jsonl?signature=secret` : null,
  };
}

/** The file itself, which lies with somebody else: whoever has its address gets it, in parts. */
export function answerFile({ path, headers }: FakeRequest, files: FakeFiles, trouble?: FileTrouble): FakeResponse {
  const file = files.get(/(\d+)\.jsonl$/.exec(path)?.[1] ?? '');
  const hasEnded =
    trouble === 'address-ended' || (trouble === 'address-ends-half-read' && !/^bytes=0-/.test(headers.range ?? ''));
  if (hasEnded) return { status: 400, headers: xml, body: '<Error><Code>ExpiredToken</Code></Error>' };
  if (file === undefined) return { status: 404, headers: xml, body: '<Error><Code>NoSuchKey</Code></Error>' };
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (headers.range === undefined) return { status: 200, headers: plain, body: file.text };
  if (Number(from) >= file.text.length) return { status: 416, headers: xml, body: '' };
  const wanted = to === '' ? file.text.length : Number(to) + 1;
  // Less than was asked for, ending within a line: the rest comes with the next part.
  const isShort = trouble === 'cut' || trouble === 'address-ends-half-read';
  const end = isShort ? Math.min(wanted, Number(from) + Math.ceil(file.text.length / 2)) : wanted;
  return { status: 206, headers: plain, body: file.text.slice(Number(from), end) };
}

const xml = { 'content-type': 'application/xml' };
const plain = { 'content-type': 'application/jsonl' };
