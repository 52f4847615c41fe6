import type { Http } from '../http.ts';
import type { HttpResponse } from '../http-response.ts';
import { under } from '../urls.ts';
import { loginDocument } from './documents.ts';
import { envelopeSchema, loginSchema } from './wire.ts';

/** How a question is let in: the header to send, and whether another one is worth a try after it was refused. */
export type Login = {
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** The header was refused. Answers whether asking again makes sense. */
  refused(): boolean;
};

/** An API key, "id:secret". It has a header of its own: as Bearer it is refused (measured on 3.7.3). */
export const apiKeyLogin = (key: string): Login => ({
  headers: () => Promise.resolve({ 'vendure-api-key': key }),
  refused: () => false,
});

export type Password = { readonly username: string; readonly password: string };

/** A user's session: its token comes in a header of the login's answer, and runs out. */
export function passwordLogin(http: Http, url: string, { username, password }: Password): Login {
  let token: string | undefined;
  let fresh = false;
  const doing = 'logging in';
  const login = async (signal: AbortSignal): Promise<string> => {
    const json = { query: loginDocument, variables: { username, password } };
    const reply = await http.send({ method: 'POST', url: under(url, 'admin-api'), json, doing }, signal);
    if (reply.status !== 200) throw http.troubleOf(reply);
    const envelope = envelopeSchema.safeParse(http.json(reply));
    const read = loginSchema.safeParse(envelope.data?.data);
    if (!read.success) throw http.trouble('unintelligible', { doing, status: 200, said: reply.text });
    const { errorCode, message } = read.data.login;
    if (errorCode !== undefined)
      throw http.trouble('unauthorized', { doing, status: 200, said: `${errorCode}: ${message}` });
    return tokenIn(http, reply);
  };
  return {
    headers: async (signal) => {
      fresh = token === undefined;
      token ??= await login(signal);
      return { authorization: `Bearer ${token}` };
    },
    refused: () => {
      token = undefined;
      return !fresh;
    },
  };
}

function tokenIn(http: Http, reply: HttpResponse): string {
  const token = reply.headers['vendure-auth-token'];
  if (token !== undefined && token !== '') return token;
  const found = 'the login has no vendure-auth-token: tokenMethod lacks "bearer"';
  throw http.trouble('refused', { doing: reply.doing, status: 200, found });
}
