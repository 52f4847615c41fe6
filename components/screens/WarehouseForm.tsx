import { useRef, useState } from 'react';
import type { WarehouseTest } from '../../src/services/warehouse/warehouse-service.ts';
import type { FormValues } from '../../src/views/shops/shop-form.ts';
import { wrap } from '../../src/views/text/cell-text.ts';
import type { Piece } from '../../src/views/text/tones.ts';
import { testedLines } from '../../src/views/warehouse/test-lines.ts';
import {
  changedMappings,
  emptyLine,
  initialWarehouseValues,
  type WarehouseFormContext,
  warehouseFormLines,
  warehouseOf,
  warehouseSecrets,
} from '../../src/views/warehouse/warehouse-form.ts';
import { useApp } from '../context/app-context.ts';
import { FormPage } from '../forms/FormPage.tsx';
import { type Form, useForm } from '../forms/use-form.ts';
import { useLeaveForm } from '../forms/use-leave-form.ts';
import { defineScreen } from './define-screen.ts';

/** Lines under the form that are kept for what is said of it. */
const noteRows = 10;

/**
 * Chooses the warehouse or changes it: its address, its key, the columns of its files, and which shop sells from where.
 * Testing saves nothing and shows the first products, and of a file its first lines.
 */
export function WarehouseForm() {
  const { services, words, language, shops, perform, runTask, notify, back, replace, viewport } = useApp();
  const { form: said } = words.screen;
  const overview = services.warehouse.show();
  const known = overview?.settings;
  const drivers = services.warehouse.drivers().filter(({ id }) => id !== 'embedded');
  const [tested, setTested] = useState<WarehouseTest>();
  const titles = tested?.ok === true ? tested.report.titles : undefined;
  const all = shops.map(({ shop }) => shop);
  const locatedShops = shops.flatMap(({ shop, can }) => (can?.severalLocations === true ? [shop.id] : []));
  const { hasKeyFor } = services.warehouse;
  const context: WarehouseFormContext = {
    words,
    language,
    drivers,
    hasKeyFor,
    known,
    shops: all,
    locatedShops,
    titles,
  };
  const access = useRef<Form>(undefined);
  const [start] = useState(() => initialWarehouseValues(known, all));

  const isComplete = (values: FormValues): boolean => {
    const missing = emptyLine(values, context);
    if (missing === undefined) return true;
    notify(said.missing(missing.label), 'waiting');
    access.current?.goTo(missing.id);
    return false;
  };
  const test = (values: FormValues): void => {
    if (!isComplete(values)) return;
    runTask(words.screen.testing(words.warehouse.name), async (signal) => {
      const given = { settings: warehouseOf(values, context), secrets: warehouseSecrets(values, context) };
      setTested(await services.warehouse.test(signal, given));
    });
  };
  const save = (values: FormValues): void => {
    if (!isComplete(values)) return;
    const mappings = known === undefined ? [] : changedMappings(values, all);
    const write = async (signal: AbortSignal): Promise<void> => {
      const wanted = { settings: warehouseOf(values, context), secrets: warehouseSecrets(values, context), mappings };
      await services.warehouse.configure(wanted, signal);
      notify(words.warehouse.saved);
      replace({ screen: 'warehouse' });
    };
    // A shop is asked which locations it has.
    if (mappings.some((change) => 'shopLocations' in change)) runTask(words.warehouse.askingLocations, write);
    else perform(() => write(new AbortController().signal));
  };
  const form = useForm({
    linesFor: (values) => warehouseFormLines(values, context),
    start,
    buttons: [
      { label: said.test, run: test },
      { label: said.save, run: save },
      { label: words.screen.cancel, run: back },
    ],
    onEscape: useLeaveForm(access, start, back),
  });
  access.current = form;
  const line = form.lines[form.at];
  const width = viewport.columns - 8;
  const about = line === undefined || line.about === '' ? [] : wrap(`${line.label}: ${line.about}`, width);
  const notes: readonly (readonly Piece[])[] = [
    ...about.map((text): readonly Piece[] => [{ text }]),
    ...(tested === undefined
      ? [[{ text: said.testFirst, tone: 'quiet' as const }]]
      : testedLines(tested, words).map((piece): readonly Piece[] => [piece])),
  ];
  return <FormPage title={words.warehouse.formTitle} form={form} notes={notes} noteRows={noteRows} />;
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    'warehouse-form': object;
  }
}

/** The screen `warehouse-form`. */
export const warehouseFormScreen = defineScreen({
  route: 'warehouse-form',
  component: WarehouseForm,
});
