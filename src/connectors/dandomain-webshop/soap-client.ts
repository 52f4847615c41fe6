import type { IHttpClient } from 'soap';
import type { ShopError } from '../../ports/shop-error.ts';
import type { Http } from '../http.ts';
import { describeService, type Operation, toSend } from './description.ts';
import { type Fault, faultIn } from './soap-fault.ts';

/** One call as it goes over the line. */
type SoapCall = {
  readonly operation: Operation;
  readonly given: Readonly<Record<string, unknown>>;
  /** In the gerund: "reading products". */
  readonly doing: string;
};

/** What came back: a result, or a fault that the caller may know what to do about. */
export type SoapAnswer = {
  readonly result?: unknown;
  readonly fault?: Fault;
  readonly headers: Readonly<Record<string, string>>;
};

/** SOAP over our own line: the package writes envelopes and reads them, and never opens a connection itself. */
export type SoapClient = {
  /** Rejects with a `ShopError`. `cookie`: the session's, as the shop set it. */
  send(call: SoapCall, cookie: string | undefined, signal: AbortSignal): Promise<SoapAnswer>;
};

type Method = (given: object, exchange: Exchange) => Promise<readonly unknown[]>;
/** What one call needs of the line, handed through the package to our HTTP; and the headers that came back. */
type Exchange = {
  readonly doing: string;
  readonly cookie: string | undefined;
  readonly stop: AbortSignal;
  headers: Readonly<Record<string, string>>;
};

export function makeSoapClient(http: Http, endpoint: string): SoapClient {
  let client: Promise<Readonly<Record<string, Method>>> | undefined;
  return {
    send: async ({ operation, given, doing }, cookie, signal) => {
      client ??= makeClient(http, endpoint);
      const call = (await client)[`${operation}Async`];
      if (call === undefined) throw new Error(`the description has no ${operation}`);
      const exchange: Exchange = { doing, cookie, stop: signal, headers: {} };
      try {
        const [value] = await call(toSend(given), exchange);
        return { result: resultIn(value, operation), headers: exchange.headers };
      } catch (error) {
        return { fault: faultOf(error, { http, doing }), headers: exchange.headers };
      }
    },
  };
}

/** A client whose HTTP is ours: no redirect is followed, answers are cut off, and a stop is a stop. */
async function makeClient(http: Http, endpoint: string): Promise<Readonly<Record<string, Method>>> {
  // The package is loaded with the first call: a program that asks no such shop starts without it.
  const { Client } = await import('soap');
  const httpClient: IHttpClient = {
    request: (...[, data, callback, given, exchange]) => {
      const call = { body: String(data), action: String(given?.SOAPAction ?? ''), exchange: exchange as Exchange };
      const work = post(http, endpoint, call);
      work.then(
        (text) => callback(undefined, { status: 200, headers: {} }, text),
        (error: unknown) => callback(error),
      );
      return work as unknown as ReturnType<IHttpClient['request']>;
    },
  };
  return new Client(await description(), endpoint, { httpClient }) as unknown as Readonly<Record<string, Method>>;
}

type Posting = { readonly body: string; readonly action: string; readonly exchange: Exchange };

/** Sends one envelope and answers the one that came back, whatever its status: a fault comes with 500. */
async function post(http: Http, endpoint: string, { body, action, exchange }: Posting): Promise<string> {
  const { doing, cookie, stop } = exchange;
  const headers = { accept: 'text/xml', soapaction: action, ...(cookie === undefined ? {} : { cookie }) };
  const text = { body, type: 'text/xml; charset=utf-8' };
  const reply = await http.send({ method: 'POST', url: new URL(endpoint), headers, text, doing }, stop);
  exchange.headers = reply.headers;
  if (isEnvelope(reply.text)) return reply.text;
  // A page for people, a proxy's words, or nothing: never an empty list.
  if (reply.status === 404) {
    throw http.trouble('refused', { doing, status: 404, found: 'there is no HostedShop service here' });
  }
  throw http.troubleOf(reply, undefined, 'told-apart');
}

type Wsdl = import('soap').WSDL;
let described: Promise<Wsdl> | undefined;

/** Our description, read once. It comes from this program: no shop is asked for one. */
export function description(): Promise<Wsdl> {
  described ??= import('soap').then(
    ({ WSDL }) =>
      new Promise<Wsdl>((resolve, reject) => {
        const wsdl = new WSDL(describeService(), 'shop.wsdl', { handleNilAsNull: false });
        wsdl.onReady((error: unknown) => (error ? reject(error) : resolve(wsdl)));
      }),
  );
  return described;
}

/** An envelope and nothing before it: no document type, and so no entity that would name a file or grow. */
const isEnvelope = (text: string): boolean => /^\s*(?:<\?xml[^>]*\?>)?\s*<(?:[\w-]+:)?Envelope[\s>]/.test(text);

function resultIn(value: unknown, operation: Operation): unknown {
  const name = `${operation}Result`;
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The fault that the package threw; everything else it throws is an answer that is none, or our own trouble. */
function faultOf(error: unknown, { http, doing }: { readonly http: Http; readonly doing: string }): Fault {
  if (isShopError(error)) throw error;
  const root = typeof error === 'object' && error !== null && 'root' in error ? error.root : undefined;
  const envelope = typeof root === 'object' && root !== null && 'Envelope' in root ? root.Envelope : undefined;
  const body = typeof envelope === 'object' && envelope !== null && 'Body' in envelope ? envelope.Body : undefined;
  const fault = faultIn(body);
  if (fault !== undefined) return fault;
  throw http.trouble('unintelligible', { doing, found: 'the answer is no SOAP envelope' });
}

const isShopError = (error: unknown): error is ShopError =>
  error instanceof Error && error.name === 'ShopError' && 'kind' in error;
