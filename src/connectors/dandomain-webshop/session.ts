import { type Instant, instantOf, millisecondsOf } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import type { Http } from '../http.ts';
import { makeShopHttp } from '../network/shop-http.ts';
import { isLoopback } from '../urls.ts';
import { type Arguments, type Operation, officialEndpoint } from './description.ts';
import type { WebshopOptions } from './options.ts';
import { plainValue } from './schema.ts';
import { makeSoapClient, type SoapAnswer, type SoapClient } from './soap-client.ts';
import { type Fault, isAuth, kindOf, wordsOf } from './soap-fault.ts';
import { makeXmlScanner } from './xml-limits.ts';

export type Question<Name extends Operation = Operation> = {
  readonly operation: Name;
  readonly given: Arguments<Name>;
  /** In the gerund: "reading products". */
  readonly doing: string;
};

/** What a shop answered, or a fault that the asker may know what to do about. */
export type Answer =
  | { readonly ok: true; readonly value: unknown; readonly date: Instant | undefined }
  | { readonly ok: false; readonly fault: Fault };

/** One login with what it was told to deliver. Which fields come is the session's own memory, and ends with it. */
export type Session = {
  /** A question that changes nothing: asked again, once, when the session was over. */
  ask<Name extends Operation>(question: Question<Name>, signal: AbortSignal): Promise<Answer>;
  /** The answer, or a `ShopError`. */
  must<Name extends Operation>(
    question: Question<Name>,
    signal: AbortSignal,
  ): Promise<{ readonly value: unknown; readonly date: Instant | undefined }>;
  /** A write: never said twice by itself. `lost`: the session was over, and a new one is open. */
  write<Name extends Operation>(
    question: Question<Name>,
    signal: AbortSignal,
  ): Promise<Answer | { readonly lost: true }>;
  /** Forgets the login, so that the next question opens a new one. */
  end(): void;
};

/** What is said after the login. Each step is a list of alternatives: a field that the shop does not know faults the whole call. */
export type Setup = readonly (readonly Question[])[];

/** The line to one shop, and what its errors mean. */
export type WebshopApi = {
  readonly shop: Shop;
  readonly options: WebshopOptions;
  readonly clock: Clock;
  readonly trouble: Http['trouble'];
  errorOf(fault: Fault, doing: string): ShopError;
  open(setup: Setup): Session;
};

/** Where the API is: the vendor's one address for all shops. Only a shop on this machine is its own. */
export function endpointOf(shop: Shop): string {
  const url = new URL(shop.url);
  return isLoopback(url.hostname) ? `${shop.url}/service.php` : officialEndpoint;
}

export function makeWebshopApi({ shop, secrets, options, clock }: ConnectorInput<WebshopOptions>): WebshopApi {
  const { username = '', password = '' } = secrets;
  const http = makeShopHttp({ shop, clock }, [username, password], { makeScanner: makeXmlScanner });
  const line = rateLimited(makeSoapClient(http, endpointOf(shop)), clock);

  const errorOf: WebshopApi['errorOf'] = (fault, doing) => {
    const kind = kindOf(fault);
    const detail = { doing, said: wordsOf(fault) };
    if (kind === 'unreachable') return http.trouble(kind, { ...detail, reason: 'own-error' });
    return http.trouble(kind, kind === 'forbidden' ? { ...detail, permission: fault.words || fault.code } : detail);
  };
  /** The login went well a moment ago: it is this call that the user may not make. */
  const noRight = (fault: Fault, { operation, doing }: Question): ShopError =>
    http.trouble('forbidden', { doing, said: wordsOf(fault), permission: operation });

  const open = (setup: Setup): Session => {
    let cookie: string | undefined;
    let opened = false;
    let opening: Promise<void> | undefined;

    const send = async (question: Question, signal: AbortSignal): Promise<SoapAnswer> => {
      const answer = await line.send(question, cookie, signal);
      cookie = cookieIn(answer.headers) ?? cookie;
      return answer;
    };

    const login = async (signal: AbortSignal): Promise<void> => {
      cookie = undefined;
      const doing = 'logging in';
      const given = { Username: username, Password: password };
      const { result, fault } = await send({ operation: 'Solution_Connect', given, doing }, signal);
      if (fault !== undefined) throw errorOf(fault, doing);
      if (plainValue(result) !== 'true' && plainValue(result) !== '1') {
        throw http.trouble('unauthorized', { doing, said: 'Solution_Connect: false' });
      }
      for (const alternatives of setup) await firstThatGoes(alternatives, signal);
      opened = true;
    };

    const firstThatGoes = async (alternatives: readonly Question[], signal: AbortSignal): Promise<void> => {
      let last: ShopError | undefined;
      for (const question of alternatives) {
        const { fault } = await send(question, signal);
        if (fault === undefined) return;
        last = isAuth(fault) ? noRight(fault, question) : errorOf(fault, question.doing);
        if (isAuth(fault) || last.temporary) throw last;
      }
      if (last !== undefined) throw last;
    };

    const ensureOpen = async (signal: AbortSignal): Promise<void> => {
      while (!opened) {
        if (opening !== undefined) {
          // Another's trouble with the login is its own: this one then tries for itself.
          await opening.catch(() => undefined);
          continue;
        }
        opening = login(signal).finally(() => {
          opening = undefined;
        });
        await opening;
      }
    };

    const once = async (question: Question, signal: AbortSignal): Promise<Answer> => {
      await ensureOpen(signal);
      const { result, fault, headers } = await send(question, signal);
      if (fault !== undefined) return { ok: false, fault };
      return { ok: true, value: plainValue(result), date: dateIn(headers) };
    };

    const ask: Session['ask'] = async (question, signal) => {
      const answer = await once(question, signal);
      if (answer.ok || !isAuth(answer.fault)) return answer;
      opened = false;
      const second = await once(question, signal);
      if (!second.ok && isAuth(second.fault)) throw noRight(second.fault, question);
      return second;
    };

    return {
      ask,
      must: async (question, signal) => {
        const answer = await ask(question, signal);
        if (!answer.ok) throw errorOf(answer.fault, question.doing);
        return answer;
      },
      write: async (question, signal) => {
        const answer = await once(question, signal);
        if (answer.ok || !isAuth(answer.fault)) return answer;
        opened = false;
        await ensureOpen(signal);
        return { lost: true };
      },
      end: () => {
        opened = false;
      },
    };
  };

  return { shop, options, clock, trouble: http.trouble, errorOf, open };
}

/** The cookies of an answer, as they are sent back. Several `Set-Cookie` headers come as one, with commas between. */
function cookieIn(headers: Readonly<Record<string, string>>): string | undefined {
  const pairs = [...(headers['set-cookie'] ?? '').matchAll(/(?:^|,\s*)([^=;,\s]+=[^;,]*)/g)].map(([, pair]) => pair);
  return pairs.length === 0 ? undefined : pairs.join('; ');
}

const dateIn = (headers: Readonly<Record<string, string>>): Instant | undefined => {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? undefined : instantOf(date);
};

/** The vendor writes of five calls a second; four are made, after a handful at once. Lists are slower than that by themselves. */
function rateLimited(line: SoapClient, clock: Clock): SoapClient {
  const intervalMs = 250;
  const burst = 8;
  const unlimited: readonly Operation[] = ['Product_GetAllWithLimit', 'Product_GetByUpdatedDate'];
  let free = 0;
  let before = 0;
  return {
    send: async (call, cookie, signal) => {
      if (!unlimited.includes(call.operation)) {
        const now = millisecondsOf(clock.now());
        // The clock was set back: what was booked by it lies years ahead.
        if (now < before) free = now;
        before = now;
        free = Math.max(free, now - intervalMs * (burst - 1)) + intervalMs;
        if (free > now + intervalMs) await clock.wait(free - now - intervalMs, signal);
      }
      return line.send(call, cookie, signal);
    },
  };
}
