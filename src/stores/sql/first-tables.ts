/** The words of a database for the few things that tables are made of. */
export type TableWords = {
  /** A number that the database counts up by itself, as a primary key. */
  readonly serial: string;
  /** Text that is compared by its bytes. */
  readonly text: string;
  readonly json: string;
  readonly number: string;
};

/** Every table and index of the first version, a statement each. */
export const firstTables = ({ serial, text, json, number }: TableWords): readonly string[] => [
  `create table shops (key ${text} primary key, body ${json} not null)`,
  `create table shop_states (key ${text} primary key, body ${json} not null)`,
  `create table products (
    ord ${serial}, key ${text} not null unique, sku ${text}, gtin ${text}, loose_sku ${text}, origin_ref ${text},
    name ${text} not null, search ${text} not null, on_hand ${number}, available ${number}, body ${json} not null)`,
  'create index products_sku on products (sku) where sku is not null',
  'create index products_gtin on products (gtin) where gtin is not null',
  'create index products_loose_sku on products (loose_sku) where loose_sku is not null',
  'create index products_origin on products (origin_ref) where origin_ref is not null',
  `create table listings (
    ord ${serial}, key ${text} not null unique, shop_id ${text} not null, shop_product_id ${text} not null,
    shop_variant_id ${text}, sku ${text}, gtin ${text}, barcode ${text}, loose_sku ${text}, name ${text} not null, activity ${text} not null,
    listed_at ${text}, seen_in ${text}, search ${text} not null, quantity ${number}, sold ${number} not null,
    counted ${number} not null, besides ${number} not null, linkable ${number} not null, resting ${number} not null,
    is_open ${number} not null default 0, body ${json} not null)`,
  'create index listings_shop on listings (shop_id, key)',
  'create index listings_product on listings (shop_product_id)',
  'create index listings_variant on listings (shop_variant_id) where shop_variant_id is not null',
  'create index listings_sku on listings (sku) where sku is not null',
  'create index listings_gtin on listings (gtin) where gtin is not null',
  'create index listings_barcode on listings (barcode) where barcode is not null',
  'create index listings_loose_sku on listings (loose_sku) where loose_sku is not null',
  'create index listings_open on listings (shop_id, key) where is_open = 1',
  `create table listing_codes (
    key ${text} not null, kind ${text} not null, code ${text} not null, primary key (kind, code, key))`,
  'create index listing_codes_key on listing_codes (key)',
  `create table product_codes (
    key ${text} not null, kind ${text} not null, code ${text} not null, primary key (kind, code, key))`,
  'create index product_codes_key on product_codes (key)',
  `create table integrations (
    key ${text} primary key, product_id ${text} not null, shop_id ${text} not null, ref_key ${text} not null,
    pushed ${number}, body ${json} not null,
    constraint one_integration_per_product_and_shop unique (product_id, shop_id),
    constraint one_product_per_listing unique (ref_key))`,
  'create index integrations_shop on integrations (shop_id, product_id)',
  `create table tombstones (
    key ${text} primary key, product_id ${text} not null, shop_id ${text} not null, ref_key ${text} not null,
    body ${json} not null)`,
  'create index tombstones_product on tombstones (product_id)',
  'create index tombstones_shop on tombstones (shop_id, product_id)',
  'create index tombstones_ref on tombstones (ref_key)',
  `create table conflicts (
    key ${text} primary key, shop_id ${text} not null, kind ${text} not null, since ${text} not null, body ${json} not null)`,
  'create index conflicts_since on conflicts (since, key)',
  'create index conflicts_shop on conflicts (shop_id, since, key)',
  `create table conflict_products (
    key ${text} not null, product_id ${text} not null, shop_id ${text} not null, place ${number} not null,
    primary key (key, product_id))`,
  'create index conflict_products_product on conflict_products (product_id)',
  `create table rulings (
    key ${text} primary key, shop_id ${text} not null, ref_key ${text} not null, product_id ${text}, body ${json} not null)`,
  'create index rulings_ref on rulings (ref_key)',
  `create table sales (key ${text} primary key, shop_id ${text} not null, sold_at ${text} not null, body ${json} not null)`,
  `create table marks (
    key ${text} primary key, product_id ${text} not null, shop_id ${text}, kind ${text} not null, until ${text},
    body ${json} not null)`,
  'create index marks_product on marks (product_id)',
  `create table plans (key ${text} primary key, made_at ${text} not null, body ${json} not null)`,
  `create table events (
    seq ${serial}, at ${text} not null, type ${text} not null, shop_id ${text}, act_id ${text} not null, body ${json} not null)`,
  'create index events_type on events (type, seq)',
  'create index events_shop on events (shop_id, seq)',
  'create index events_act on events (act_id, seq)',
  `create table event_products (product_id ${text} not null, seq ${number} not null, primary key (product_id, seq))`,
  `create table acts (
    act_id ${text} primary key, first_seq ${number} not null, last_seq ${number} not null, at ${text} not null,
    by_kind ${text} not null, by_name ${text} not null, events ${number} not null, types ${text} not null)`,
  'create index acts_last on acts (last_seq)',
  'create index acts_by on acts (by_name, by_kind, last_seq)',
  `create table shop_lines (
    shop_id ${text} not null, key ${text} not null, product_id ${text}, ref_key ${text}, state ${text} not null,
    differs ${number} not null, hidden_until ${text}, sort ${text} not null, search ${text} not null,
    in_stock ${number} not null, suspect ${number} not null, quiet_since ${text} not null, primary key (shop_id, key))`,
  'create index shop_lines_sort on shop_lines (shop_id, sort, key)',
  'create index shop_lines_state on shop_lines (shop_id, state, sort, key)',
  'create index shop_lines_differs on shop_lines (shop_id, sort, key) where differs = 1',
  'create index shop_lines_hidden on shop_lines (shop_id, hidden_until) where hidden_until is not null',
  'create index shop_lines_product on shop_lines (product_id) where product_id is not null',
  'create index shop_lines_ref on shop_lines (ref_key) where ref_key is not null',
  'create index shop_lines_quiet on shop_lines (product_id, shop_id, suspect, quiet_since) where in_stock = 1',
  `create table counters (
    name ${text} not null, shop_id ${text} not null, value ${number} not null, primary key (name, shop_id))`,
  `create table changes (id ${serial}, token ${text} not null unique, at ${number} not null, touched ${text} not null)`,
  `create table leases (
    name ${text} primary key, token ${text} not null, pid ${number} not null, host ${text} not null, started ${text} not null,
    user_name ${text} not null, doing ${text} not null, since ${number} not null, until ${number} not null)`,
];

/** What the second version adds. */
export const stockLevelTables = ({ text, json, number }: TableWords): readonly string[] => [
  `create table stock_levels (
    key ${text} primary key, product_id ${text} not null, location ${text} not null, hundredths ${number}, body ${json} not null)`,
  'create index stock_levels_product on stock_levels (product_id)',
  'create index stock_levels_location on stock_levels (location)',
];
