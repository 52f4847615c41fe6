import { cli as daCli } from './da/cli.ts';
import { content as daContent } from './da/content.ts';
import { domain as daDomain } from './da/domain.ts';
import { firstPage as daFirstPage } from './da/first-page.ts';
import { lists as daLists } from './da/lists.ts';
import { screen as daScreen } from './da/screen.ts';
import { serve as daServe } from './da/serve.ts';
import { warehouse as daWarehouse } from './da/warehouse.ts';
import { cli as enCli } from './en/cli.ts';
import { content as enContent } from './en/content.ts';
import { domain as enDomain } from './en/domain.ts';
import { firstPage as enFirstPage } from './en/first-page.ts';
import { lists as enLists } from './en/lists.ts';
import { screen as enScreen } from './en/screen.ts';
import { serve as enServe } from './en/serve.ts';
import { warehouse as enWarehouse } from './en/warehouse.ts';

export type Language = 'da' | 'en';

/** Every word a person reads, by what it is about. The English list is the type; the Danish one must match it. */
export type Words = {
  readonly domain: typeof enDomain;
  readonly screen: typeof enScreen;
  readonly cli: typeof enCli;
  readonly warehouse: typeof enWarehouse;
  readonly serve: typeof enServe;
  readonly lists: typeof enLists;
  readonly firstPage: typeof enFirstPage;
  readonly content: typeof enContent;
};

const lists: Readonly<Record<Language, Words>> = {
  en: {
    domain: enDomain,
    screen: enScreen,
    cli: enCli,
    warehouse: enWarehouse,
    serve: enServe,
    lists: enLists,
    firstPage: enFirstPage,
    content: enContent,
  },
  da: {
    domain: daDomain,
    screen: daScreen,
    cli: daCli,
    warehouse: daWarehouse,
    serve: daServe,
    lists: daLists,
    firstPage: daFirstPage,
    content: daContent,
  },
};

/** The words of one language. */
export const wordsOf = (language: Language): Words => lists[language];
