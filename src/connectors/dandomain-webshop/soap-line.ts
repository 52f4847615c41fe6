import type { IHttpClient } from 'soap';
import type { ShopError } from '../../ports/shop-error.ts';
import type { Http } from '../http.ts';
import { describeService, type Operation, toSend } from './description.ts';
import { type Fault, faultIn } from './fault.ts';

/** One call as it goes over the line. */
export type SoapCall = {
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
export type SoapLine = {
  /** Rejects with a `ShopError`. `cookie`: the session's, as the shop set it. */
  send(call: SoapCall, cookie: string | undefined, signal: AbortSignal): Promise<SoapAnswer>;
};

type Method = (given: object, options: object) => Promise<readonly unknown[]>;
type Carrier = { readonly call: Method; readonly reply: () => Readonly<Record<string, string>> };

export function makeSoapLine(http: Http, endpoint: string): SoapLine {
  return {
    send: async (soapCall, cookie, signal) => {
      const { operation, given, doing } = soapCall;
      const { call, reply } = await carrierOf({ http, endpoint, soapCall, cookie }, signal);
      try {
        const [value] = await call(toSend(given), {});
        return { result: resultIn(value, operation), headers: reply() };
      } catch (error) {
        return { fault: faultOf(error, { http, doing }), headers: reply() };
      }
    },
  };
}

type Order = {
  readonly http: Http;
  readonly endpoint: string;
  readonly soapCall: SoapCall;
  readonly cookie: string | undefined;
};

/** A client for one call, whose HTTP is ours: no redirect is followed, answers are cut off, and a stop is a stop. */
async function carrierOf({ http, endpoint, soapCall, cookie }: Order, signal: AbortSignal): Promise<Carrier> {
  // The package is loaded with the first call: a program that asks no such shop starts without it.
  const { Client } = await import('soap');
  let headers: Readonly<Record<string, string>> = {};
  const exchange = async (body: string, given: Readonly<Record<string, string>>): Promise<string> => {
    const { SOAPAction } = given;
    const reply = await http.send(
      {
        method: 'POST',
        url: new URL(endpoint),
        headers: {
          accept: 'text/xml',
          ...(SOAPAction === undefined ? {} : { soapaction: SOAPAction }),
          ...(cookie === undefined ? {} : { cookie }),
        },
        text: { body, type: 'text/xml; charset=utf-8' },
        doing: soapCall.doing,
      },
      signal,
    );
    headers = reply.headers;
    if (isEnvelope(reply.text)) return reply.text;
    // A page for people, a proxy's words, or nothing: never an empty list.
    if (reply.status === 404) throw http.trouble('refused', { doing: reply.doing, status: 404, said: reply.text });
    if (reply.status >= 400) throw http.troubleOf(reply);
    const said = reply.text.trim() === '' ? 'an empty answer' : reply.text.slice(0, 400);
    throw http.trouble('unintelligible', { doing: reply.doing, status: reply.status, said });
  };
  const httpClient: IHttpClient = {
    request: (_url, data, callback, given) => {
      const work = exchange(String(data), given ?? {});
      work.then(
        (text) => callback(undefined, { status: 200, headers: {} }, text),
        (error: unknown) => callback(error),
      );
      return work as unknown as ReturnType<IHttpClient['request']>;
    },
  };
  const client = new Client(await description(), endpoint, { httpClient });
  const methods = client as unknown as Readonly<Record<string, Method>>;
  const call = methods[`${soapCall.operation}Async`];
  if (call === undefined) throw new Error(`the description has no ${soapCall.operation}`);
  return { call: call.bind(client), reply: () => headers };
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
  throw http.trouble('unintelligible', { doing, said: 'the answer is no SOAP envelope' });
}

const isShopError = (error: unknown): error is ShopError =>
  error instanceof Error && error.name === 'ShopError' && 'kind' in error;
