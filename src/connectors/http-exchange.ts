import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { RequestError, TimeoutError } from 'got';
import { RegularFileError, readRegularFile } from '../files/regular-file.ts';
import { ShopError } from '../ports/shop-error.ts';
import type { HttpOptions, HttpRequest, MakeShopError } from './http-request.ts';
import { type HttpResponse, shopDate } from './http-response.ts';
import { JsonLimitError, makeJsonScanner } from './json/json-limits.ts';
import { jsonText } from './json/read-json.ts';
import { agentsFor } from './network/http-agents.ts';
import { client, timeouts } from './network/http-client.ts';
import { ProxyError } from './network/proxy-agent.ts';
import { eachChunk, isGzip, unpacked } from './network/unpacked.ts';

const defaultMaxBytes = 20 * 1024 * 1024;
/** Answers that only say that one will come (100, 102, 103): a server sends one or two. */
const maxEarly = 100;

/** Sends one request and gathers the whole answer. Throws what got throws. */
export async function exchange(
  request: HttpRequest,
  options: Pick<
    HttpOptions,
    'timeoutMs' | 'maxBytes' | 'caFile' | 'jsonLimits' | 'makeScanner' | 'userAgent' | 'proxy'
  >,
  signal: AbortSignal,
): Promise<HttpResponse> {
  signal.throwIfAborted();
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  const stream = client.stream(request.url, {
    headers: { ...request.headers, ...headersFor(request, options.userAgent) },
    method: request.method,
    body: bodyOf(request),
    ...(options.proxy === undefined ? {} : { agent: agentsFor(request.url, options.proxy) }),
    ...(options.timeoutMs === undefined ? {} : { timeout: timeouts(options.timeoutMs) }),
    ...(options.caFile === undefined ? {} : { https: { certificateAuthority: `${readRegularFile(options.caFile)}` } }),
  });
  // What goes wrong with a body once the answer to it was read is nobody's error; until then the loop below hears of it.
  stream.on('error', () => undefined);
  let early = 0;
  stream.on('information', () => {
    early += 1;
    if (early > maxEarly) stream.destroy(new AnswerPutOffError());
  });
  const chunks: Uint8Array[] = [];
  const usual = () => (options.jsonLimits === 'none' ? undefined : makeJsonScanner(options.jsonLimits));
  const scanner = (options.makeScanner ?? usual)();
  let size = 0;
  let saysNotPacked = false;
  const take = (chunk: Uint8Array): void => {
    if (size === 0) saysNotPacked = request.asBytes !== true && isGzip(chunk);
    size += chunk.length;
    if (size > maxBytes) throw new ResponseTooLargeError(maxBytes);
    if (!saysNotPacked) scanner?.push(chunk);
    chunks.push(chunk);
  };
  // Told by us: got begins three times to listen to a signal, which counts where it is one of several.
  const stop = (): void => void stream.destroy(new Error('stopped'));
  signal.addEventListener('abort', stop);
  try {
    await new Promise((resolve, reject) => stream.once('response', resolve).once('error', reject));
    const packed = stream.response?.headers['content-encoding'];
    // Counted unpacked, so that a small packed answer cannot fill the memory.
    if (packed === undefined) await eachChunk(stream, take);
    else for await (const chunk of unpacked(stream, packed)) take(chunk);
    // Packed twice, by a plug-in and by the server, or without a word of it.
    for (let times = 0; saysNotPacked && times < 2; times += 1) {
      size = 0;
      for await (const chunk of unpacked(Readable.from(chunks.splice(0)), 'gzip')) take(chunk);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const { response } = stream;
  if (response === undefined) throw new Error('the answer has no head');
  const date = shopDate(response.headers.date);
  const [first] = chunks;
  const bytes = chunks.length === 1 && Buffer.isBuffer(first) ? first : Buffer.concat(chunks);
  return {
    status: response.statusCode,
    headers: headersOf(response.headers),
    text: request.asBytes === true ? bytes.toString('latin1') : textOf(bytes, response.headers['content-type']),
    ...(date === undefined ? {} : { date }),
    doing: request.doing,
  };
}

/** Headers as text; several of one name are one, with commas between them. */
function headersOf(received: IncomingHttpHeaders): HttpResponse['headers'] {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(received)) if (value !== undefined) headers[name] = `${value}`;
  return headers;
}

/** The text of an answer, in the encoding that it is in rather than the one that it should be in. */
function textOf(bytes: Buffer, contentType: string | undefined): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // Old hosts write Latin letters in a byte each: as UTF-8 every one of them would be the same sign.
  const declared = /charset=["']?(iso-8859-1|iso-8859-15|windows-1252)/i.exec(contentType ?? '')?.[1];
  const text = isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder(declared ?? 'windows-1252').decode(bytes);
  return text.startsWith('\ufeff') ? text.replace(/^\ufeff+/, '') : text;
}

/** A stream that may write and is given nothing would wait for something: then it is an empty body. */
function bodyOf({ method = 'GET', json, text }: HttpRequest): string | undefined {
  if (json !== undefined) return jsonText(json);
  return text?.body ?? (method === 'GET' ? undefined : '');
}

const headersFor = ({ json, text }: HttpRequest, userAgent: string | undefined) => ({
  ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  ...(text === undefined ? {} : { 'content-type': text.type }),
  ...(userAgent === undefined ? {} : { 'user-agent': userAgent }),
});

class ResponseTooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`the answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MB`);
  }
}

class AnswerPutOffError extends Error {
  constructor() {
    super(`more than ${maxEarly} times it said that an answer will come`);
  }
}

/** What went wrong with an exchange that speaks for nobody's key, in one word. */
export function exchangeFailure(error: unknown): 'too-large' | 'too-slow' | 'refused' | 'unreachable' {
  if (error instanceof ResponseTooLargeError) return 'too-large';
  if (error instanceof TimeoutError) return 'too-slow';
  return hasCode(error) && certificateError.test(error.code) ? 'refused' : 'unreachable';
}

// A packed answer that breaks off may come whole the next time.
const unpackError = /^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT)/;

type ErrorContext = { readonly trouble: MakeShopError; readonly doing: string; readonly cancelled: boolean };

// A certificate that does not hold is no passing trouble: a person must mend it, or name the CA.
const certificateError = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** The one place where what got throws becomes what a connector may throw. */
export function asShopError(error: unknown, { trouble, doing, cancelled }: ErrorContext): ShopError {
  if (error instanceof ShopError) return error;
  // got wraps what its stream was ended with.
  if (error instanceof RequestError && error.cause instanceof AnswerPutOffError)
    return trouble('unintelligible', { doing, found: error.cause.message });
  if (cancelled) return trouble('cancelled', { doing });
  const proxy = error instanceof RequestError ? error.cause : error;
  if (proxy instanceof ProxyError)
    return trouble(proxy.isLasting ? 'refused' : 'unreachable', { doing, found: proxy.message, reason: 'proxy' });
  if (error instanceof ResponseTooLargeError || error instanceof JsonLimitError)
    return trouble('unintelligible', { doing, found: error.message });
  if (error instanceof RegularFileError) return trouble('refused', { doing, found: error.message }, error);
  if (error instanceof TimeoutError) return trouble('unreachable', { doing, found: error.message }, error);
  const code = error instanceof RequestError || hasCode(error) ? error.code : '';
  // A header that cannot be sent is the key's: the others are ours, or checked before.
  if (code === 'ERR_INVALID_CHAR') return trouble('unauthorized', { doing, found: unsendableKey });
  const words = error instanceof Error ? error.message : String(error);
  if (unpackError.test(code))
    return trouble('unreachable', { doing, found: `the answer cannot be unpacked: ${words}` }, error);
  if (isProgramFault(error)) return trouble('unintelligible', { doing, found: words, reason: 'program-fault' }, error);
  const said = code === '' || words.includes(code) ? words : `${code}: ${words}`;
  if (['ENOENT', 'EACCES', 'ENXIO', 'ENODEV', 'EISDIR', 'ELOOP'].includes(code))
    return trouble('refused', { doing, found: said }, error);
  if (certificateError.test(code)) return trouble('refused', { doing, found: certificateWords(code, said) }, error);
  return trouble('unreachable', { doing, found: said }, error);
}

/** No answer and no network: a fault of ours, or files of the program that were replaced while it runs. */
const isProgramFault = (error: unknown): boolean =>
  [TypeError, ReferenceError, RangeError].some((kind) => error instanceof kind) ||
  (hasCode(error) && /MODULE_NOT_FOUND$/.test(error.code));

const unsendableKey = 'the key was not sent: it holds a letter that no key has; copy it once more';

/** A certificate that only a private CA vouches for can be made to count; the others cannot. */
const certificateWords = (code: string, said: string): string =>
  /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/.test(code)
    ? `${said}; for a CA of your own, name its file with --ca`
    : said;

const hasCode = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
