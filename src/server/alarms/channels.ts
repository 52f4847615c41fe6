import { spawn } from 'node:child_process';
import { Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest, Agent as TlsAgent } from 'node:https';
import { Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { printableJson } from '../../domain/printable-json.ts';
import { percentDecoded } from '../../domain/text/percent-decoded.ts';
import type { AlarmSettings, AlarmWebhook } from '../serve-settings.ts';
import type { Message } from './message.ts';
import { webhookBody } from './webhook-bodies.ts';

/** Rejects where nobody could be told by one of the ways. */
export type SendMessage = (message: Message) => Promise<void>;

/** Milliseconds after which a way that does not answer has failed. */
const usualWaitMs = 20_000;

/** The host of an address of mail, which no scheme of the web makes ASCII. */
const mailHost = (smtp: string): string =>
  new URL(smtp.replace(/^smtps?:/i, 'https:')).hostname.replace(/^\[|\]$/g, '');

/** Mail in plain text. Lines of a subject cannot break out of it: nodemailer folds them. */
const byEmail = (
  { smtp, from, to }: NonNullable<AlarmSettings['email']>,
  isNear: (host: string) => boolean,
  waitMs: number,
): SendMessage => {
  const timeouts = { connectionTimeout: waitMs, greetingTimeout: waitMs, socketTimeout: waitMs };
  const { protocol, port, username, password } = new URL(smtp);
  const hostname = mailHost(smtp);
  const secure = protocol === 'smtps:';
  const options = {
    // A password goes to no other machine in the clear.
    requireTLS: !secure && username !== '' && !isNear(hostname),
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    auth: username === '' ? undefined : { user: percentDecoded(username), pass: percentDecoded(password) },
    ...timeouts,
  };
  return async ({ subject, text }) => {
    // A server that says a line now and then is never silent: only its connection can be ended from here.
    const socket = new Socket().on('error', () => undefined);
    const tooSlow = new Error(`the mail server did not come to an end within ${(2 * waitMs) / 1000} s`);
    const timer = setTimeout(() => socket.destroy(tooSlow), 2 * waitMs);
    try {
      const mail = { from, to, subject: subject.replace(/\s+/g, ' '), text };
      await createTransport({ ...options, socket }).sendMail(mail);
    } finally {
      clearTimeout(timer);
    }
  };
};

/** Of our own, so that no setting of the machine sends an alarm to a proxy, which would answer for itself. */
const agents = { http: new Agent(), https: new TlsAgent() };

/** JSON by POST, in the shape that is understood there. No redirect is followed. */
const byWebhook = ({ url: address, shape }: AlarmWebhook, waitMs: number): SendMessage => {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  const send = isSecure ? httpsRequest : httpRequest;
  const agent = isSecure ? agents.https : agents.http;
  return (message) =>
    new Promise((resolve, reject) => {
      const body = printableJson(JSON.stringify(webhookBody[shape](message)));
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const signal = AbortSignal.timeout(2 * waitMs);
      const silence = new Error('the webhook of the alarms did not answer');
      const request = send(url, { method: 'POST', agent, timeout: waitMs, signal, headers }, (response) => {
        const { statusCode = 0 } = response;
        // What it says beside that may have no end.
        response.destroy();
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new Error(`the webhook of the alarms answered ${statusCode}`));
      });
      request.on('timeout', () => request.destroy(silence));
      request.on('error', (error) => reject(signal.aborted ? silence : error));
      request.end(body);
    });
};

/** A command of one's own, without a shell: the text on its standard input, what it is about in its environment. */
const byCommand =
  (
    [file, ...args]: NonNullable<AlarmSettings['command']>,
    searchPath: string | undefined,
    waitMs: number,
  ): SendMessage =>
  ({ event, subject, text }) =>
    new Promise((resolve, reject) => {
      const env = { PATH: searchPath, BINDELED_EVENT: event, BINDELED_SUBJECT: subject };
      const child = spawn(file, args, {
        stdio: ['pipe', 'ignore', 'ignore'],
        timeout: waitMs,
        killSignal: 'SIGKILL',
        env,
      });
      child.on('error', reject);
      child.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`the command of the alarms ended with ${code}`)),
      );
      child.stdin.on('error', () => undefined);
      child.stdin.end(`${text}\n`);
    });

/** What was said alone: on errors hang the arguments of a command, where a key may be, and whole certificates. */
function plainly(reason: unknown): Error {
  if (!(reason instanceof Error)) return new Error(String(reason));
  const { message, stack } = reason;
  return Object.assign(new Error(message), { stack });
}

export type TellOptions = {
  readonly searchPath?: string;
  /** Whether a host is this machine, so that a password may go there in the clear; none is when left out. */
  readonly isNear?: (host: string) => boolean;
  readonly waitMs?: number;
  /** Told of a way that failed where another went through. */
  readonly onFailed?: (error: unknown) => void;
};

/**
 * Every way that is set; none where none is. Each is tried, also where another failed. A command is looked for in
 * `searchPath` and sees nothing else of our environment.
 */
export function makeSendMessage(
  { email, webhook, command }: AlarmSettings,
  { searchPath, isNear = () => false, onFailed, waitMs = usualWaitMs }: TellOptions = {},
): SendMessage | undefined {
  const ways = [
    ...(email === undefined ? [] : [byEmail(email, isNear, waitMs)]),
    ...(webhook === undefined ? [] : [byWebhook(webhook, waitMs)]),
    ...(command === undefined ? [] : [byCommand(command, searchPath, waitMs)]),
  ];
  if (ways.length === 0) return undefined;
  return async (message) => {
    const sent = await Promise.allSettled(ways.map((way) => way(message)));
    const failed = sent.flatMap((one) => (one.status === 'rejected' ? [plainly(one.reason)] : []));
    if (failed.length === ways.length) throw new AggregateError(failed, 'nobody could be told');
    // Told by one way is told: to try again would tell it twice there.
    for (const error of failed) onFailed?.(error);
  };
}
