import { lateParts } from '../late-parts.ts';
import { cli } from './cli.ts';
import { content } from './content.ts';
import { domain } from './domain.ts';
import { firstPage } from './first-page.ts';
import { lists } from './lists.ts';
import { requests } from './requests.ts';
import { screen } from './screen.ts';
import { screenAdvice, screenTrouble } from './screen-advice.ts';
import { serve } from './serve.ts';
import { networkReasons, shopReasons } from './shop-reasons.ts';
import { storeDetail } from './store-detail.ts';
import { warehouse } from './warehouse.ts';

/** Every word in Danish. */
export const da = lateParts({
  domain: () => domain,
  screen: () => screen,
  cli: () => cli,
  warehouse: () => warehouse,
  serve: () => serve,
  lists: () => lists,
  firstPage: () => firstPage,
  content: () => content,
  requests: () => requests,
  shopReasons: () => shopReasons,
  networkReasons: () => networkReasons,
  storeDetail: () => storeDetail,
  screenAdvice: () => screenAdvice,
  screenTrouble: () => screenTrouble,
});
