import { skuOf } from '../../src/demo/shops/scenarios.ts';
import type { Watched } from './pty.ts';

/** One screen: how a person gets there, and what tells that it has come. */
export type Picture = {
  readonly name: string;
  readonly go: (person: Watched) => Promise<void>;
  /** Beside the list, where there is room, stands the product over all shops. */
  readonly pane?: true;
  /** Drawn in a home that holds nothing yet. */
  readonly emptyHome?: true;
};

/** Looks something up and opens its card, as often as Enter has to be pressed for it. */
const openCard = async (person: Watched, sku: string): Promise<void> => {
  await person.sees('Find ▏');
  person.type(sku);
  await person.sees(`Find ${sku}`);
  person.type('\r');
  await person.sees('Enter open');
  if (!person.shown().includes(`Products › ${sku}`)) person.type('\r');
  await person.sees(`Products › ${sku}`);
  await person.sees(/FR\b/);
};

/** The warehouse has no key of its own. */
const openWarehouse = async (person: Watched): Promise<void> => {
  person.type(':');
  await person.sees('Enter OK');
  person.type('warehouse\r');
  await person.sees('Warehouse');
};

/** The plan is made anew, as a person would: one that another picture left has had other words said over it. */
const openPlan = async (person: Watched): Promise<void> => {
  person.type('6');
  await person.sees('LY7702');
  await person.settles();
  person.type('p');
  await person.sees(/The plan has \d+ lines[\s\S]*a carry out/);
};

export const pictures: readonly Picture[] = [
  { name: 'today', go: async () => undefined },
  {
    name: 'product',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'SK6001-SO-42');
    },
  },
  {
    name: 'search',
    pane: true,
    go: async (person) => {
      person.type('/');
      await person.sees('Find ▏');
      person.type('jakke');
      await person.sees(/Find jakke[\s\S]*DK✓/);
    },
  },
  {
    name: 'content',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'SK6001-SO-42');
      person.type(']]]');
      await person.sees('Ours follows');
      await person.sees('another picture');
      await person.sees(/SE [^\n]* now\b/);
    },
  },
  {
    name: 'stock',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'LY7702-SO');
      person.type(']]');
      await person.sees('on hand');
      person.type('l');
      await person.sees('our figure changed after the last push');
    },
  },
  {
    name: 'help',
    go: async (person) => {
      person.type('2');
      await person.sees('Stock differs 7');
      person.type('?');
      await person.sees('Esc');
    },
  },
  {
    name: 'integrations',
    pane: true,
    go: async (person) => {
      person.type('2');
      await person.sees('Stock differs 7');
    },
  },
  {
    name: 'shops',
    go: async (person) => {
      person.type('7');
      await person.sees('Nordlys Engros');
    },
  },
  {
    name: 'why',
    go: async (person) => {
      person.type('/');
      await openCard(person, skuOf('removed-by-user'));
      if (!/▌ +[^\n]*× missing/.test(person.shown())) person.type('j');
      await person.sees(/▌ +[^\n]*× missing/);
      person.type('w');
      await person.sees('Troede den var');
    },
  },
  {
    name: 'inactive',
    go: async (person) => {
      person.type('4');
      await person.sees('TE7005');
      // What the shops say of each product comes after the list.
      await person.sees(/TE7005[^\n]*DK–/);
    },
  },
  {
    name: 'conflicts',
    go: async (person) => {
      person.type('5');
      await person.sees('product id is taken');
      person.type('G');
      await person.sees(/▌ +▲ product id is taken/);
      person.type('\r');
      await person.sees('wants the link');
    },
  },
  {
    name: 'push',
    pane: true,
    go: openPlan,
  },
  {
    name: 'timeline',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'SK6001-SO-42');
      person.type('t');
      await person.sees(/SE [^\n]*lost its link/);
    },
  },
  {
    name: 'activity',
    go: async (person) => {
      person.type('8');
      await person.sees('Everything that happened, newest first');
      await person.sees('39 links lost');
    },
  },
  {
    name: 'messages',
    go: async (person) => {
      person.type('r');
      await person.sees('was read again');
      person.type('x');
      await person.sees('x: ');
      person.type('!');
      await person.sees('What was said since you opened Bindeled');
    },
  },
  {
    name: 'shop',
    go: async (person) => {
      person.type('7');
      await person.sees(/▌ +· answers/);
      person.type('\r');
      await person.sees('Shops › Nordlys');
    },
  },
  {
    name: 'connect',
    go: async (person) => {
      person.type('7');
      await person.sees('Nordlys Engros');
      person.type('N');
      await person.sees('Save');
    },
  },
  {
    name: 'warehouse',
    go: openWarehouse,
  },
  {
    name: 'shop-id',
    go: async (person) => {
      person.type('3');
      await person.sees('Product id in shop');
      person.type('10411');
      await person.sees(/product id 10411[\s\S]*LY7709/);
    },
  },
  {
    name: 'warehouse-form',
    go: async (person) => {
      await openWarehouse(person);
      person.type('E');
      await person.sees('Save');
    },
  },
  {
    name: 'command',
    go: async (person) => {
      person.type(':');
      await person.sees('Enter OK');
      person.type('s');
      await person.sees('shops add');
    },
  },
  {
    name: 'note',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'SK6001-SO-42');
      person.type('n');
      await person.sees('Note for the next shift');
      person.type('The customer calls again on Monday');
      await person.sees('again on Monday');
    },
  },
  {
    name: 'push-question',
    go: async (person) => {
      await openPlan(person);
      person.type('a');
      await person.sees(/Send \d+ stock figures\?/);
    },
  },
  {
    name: 'undo',
    go: async (person) => {
      person.type('U');
      await person.sees('Undo what?');
    },
  },
  {
    name: 'welcome',
    emptyHome: true,
    go: async () => undefined,
  },
];
