import type { ConnectionReport, Permission } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRow, readRows } from '../decode.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import { isSaleName } from '../driver-parts/newest-sales.ts';
import type { Sessions } from './requests.ts';
import { currencySchema, itemsIn, languageSchema, stateSchema, type Webinfo, webinfoSchema } from './schema.ts';
import type { Answer, Question, Session, WebshopApi } from './session.ts';
import { isAuth, kindOf } from './soap-fault.ts';

const doing = 'asking who the shop is';

async function readShopInfo({ api, products }: Sessions, signal: AbortSignal) {
  const { value, date } = await products.must({ operation: 'Solution_GetWebinfo', given: {}, doing }, signal);
  const read = readRow(webinfoSchema, value);
  if (!read.ok || identityOf(read.value) === '') {
    throw api.trouble('unintelligible', { doing, found: 'the shop does not say who it is' });
  }
  return { webinfo: read.value, date };
}

/** The vendor's own number of the shop, which stays when its name or address changes; its name where there is none. */
const identityOf = ({ SolutionId, Title }: Webinfo): string => SolutionId ?? Title?.toLowerCase() ?? '';

const proven = new WeakSet<WebshopApi>();

/**
 * Refuses to go on when another shop answers than the one that was added: all shops have one address, and the login
 * decides which one answers. Asked once, and `again` before each reading.
 */
export async function sameShop(sessions: Sessions, signal: AbortSignal, again = false): Promise<void> {
  const { api } = sessions;
  if (proven.has(api) && !again) return;
  const { webinfo } = await readShopInfo(sessions, signal);
  const identity = identityOf(webinfo);
  if (api.shop.identity !== undefined && identity !== api.shop.identity) {
    throw api.trouble('another-shop', { doing, found: `it calls itself ${identity}` });
  }
  proven.add(api);
}

/**
 * Asks who the shop is and what the user may do. The one call that could write names a product that no shop has and
 * no field of it.
 */
export async function testConnection(sessions: Sessions, signal: AbortSignal): Promise<ConnectionReport> {
  const { api, products, orders } = sessions;
  const { webinfo, date } = await readShopInfo(sessions, signal);
  const ask = <Name extends Question['operation']>(session: Session, question: Question<Name>) =>
    quietly(api, { session, question }, signal);
  const testing = 'testing the connection';
  const limit = { Start: '0', Length: '1' };
  const read = await ask(products, { operation: 'Product_GetAllWithLimit', given: limit, doing: testing });
  const write = await tryWrite(sessions, signal);
  const states = await ask(orders, { operation: 'OrderStatusCode_GetAll', given: {}, doing: testing });
  const languages = await ask(products, { operation: 'Solution_GetLanguages', given: {}, doing: testing });
  const currencies = await ask(products, { operation: 'Currency_GetAll', given: {}, doing: testing });
  const clockAheadMs = clockAhead(date, api.clock);
  return {
    identity: identityOf(webinfo),
    shopName: webinfo.Title ?? webinfo.Company,
    currency: currencyIn(currencies),
    timeZone: api.options.timeZone,
    clockAheadMs,
    permissions: permissionsOf({ read, write, states }),
    warnings: clockWarnings(clockAheadMs),
    choices: [...languageChoices(languages), ...stateChoices(states)],
  };
}

/** What was asked went well, was refused for want of a right, or nobody knows. */
type Finding = { readonly granted: boolean | undefined; readonly value?: unknown };

async function quietly<Name extends Question['operation']>(
  api: WebshopApi,
  { session, question }: { readonly session: Session; readonly question: Question<Name> },
  signal: AbortSignal,
): Promise<Finding> {
  try {
    return findingOf(api, await session.ask(question, signal), question.doing);
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return { granted: false };
    throw error;
  }
}

function findingOf(api: WebshopApi, answer: Answer, testing: string): Finding {
  if (answer.ok) return { granted: true, value: answer.value };
  const kind = kindOf(answer.fault);
  if (kind === 'unreachable') throw api.errorOf(answer.fault, testing);
  return { granted: kind === 'forbidden' ? false : undefined };
}

async function tryWrite({ api, products }: Sessions, signal: AbortSignal): Promise<Finding> {
  const testing = 'testing the connection';
  const question = { operation: 'Product_Update' as const, given: { ProductData: { Id: '0' } }, doing: testing };
  const answer = await products.write(question, signal);
  if ('lost' in answer) return { granted: false };
  if (answer.ok) return { granted: true };
  if (isAuth(answer.fault)) return { granted: false };
  // "There is no such product": so it was allowed to look.
  return kindOf(answer.fault) === 'refused' ? { granted: true } : findingOf(api, answer, testing);
}

type Findings = Readonly<Record<'read' | 'write' | 'states', Finding>>;

const permissionsOf = ({ read, write, states }: Findings): readonly Permission[] => [
  { wanted: 'read-products', platformWord: 'Product_GetAllWithLimit', granted: read.granted, needed: true },
  { wanted: 'write-stock', platformWord: 'Product_Update', granted: write.granted, needed: true },
  { wanted: 'read-orders', platformWord: 'Order_GetByDateWithPagination', granted: states.granted, needed: false },
];

/** The currency that the others are counted in: its rate is 1, or 100 for a hundred. */
function currencyIn({ value }: Finding): string | undefined {
  const { rows } = readRows(currencySchema, itemsIn(value));
  const own = rows.find(({ Currency }) => Number(Currency) === 1 || Number(Currency) === 100);
  return (own ?? rows[0])?.Iso;
}

const languageChoices = ({ value }: Finding) =>
  readRows(languageSchema, itemsIn(value)).rows.map(({ LanguageISO, Title, Primary }) => ({
    option: 'language',
    value: LanguageISO,
    label: Title ?? LanguageISO,
    usual: Primary === true,
  }));

const stateChoices = ({ value }: Finding) =>
  readRows(stateSchema, itemsIn(value)).rows.map(({ Id, Title }) => ({
    option: 'saleStates',
    value: Id,
    label: Title ?? Id,
    usual: isSaleName(Title),
  }));
