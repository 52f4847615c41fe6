import { useRef, useState } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { ConnectionTest } from '../../src/services/shops/shop-service.ts';
import { testLines, testOutcome } from '../../src/views/shops/connection-test-lines.ts';
import { formNotes } from '../../src/views/shops/form-notes.ts';
import {
  credentialsOf,
  type FormContext,
  type FormValues,
  formLines,
  formProblem,
  initialFormValues,
  newShopOf,
} from '../../src/views/shops/shop-form.ts';
import { useApp } from '../context/app-context.ts';
import { FormPage } from '../forms/FormPage.tsx';
import { type Form, useForm } from '../forms/use-form.ts';
import { useFoundPlatform } from '../forms/use-found-platform.ts';
import { useLeaveForm } from '../forms/use-leave-form.ts';
import { defineScreen } from './define-screen.ts';

/** Lines under the form that are kept for what is said of it, where the form would take them all. */
const noteRows = 8;

/**
 * Connects a shop by its address, or changes one. The platform is found by the address, and the form asks for what
 * that platform wants. Testing saves nothing; saving is a button of its own (H4) and begins the first sync.
 */
export function ShopForm({ shopId }: { readonly shopId?: ShopId }) {
  const { services, words, language, shops, jobs, perform, runTask, notify, back, replace, viewport } = useApp();
  const { form: said } = words.screen;
  const platforms = services.shops.platforms();
  const overview = shops.find((one) => one.shop.id === shopId);
  const known = overview?.shop;
  const [test, setTest] = useState<{ readonly of: string; readonly result: ConnectionTest }>();
  // Saved once, but perhaps without its key: saving again changes it.
  const [added, setAdded] = useState<ShopId>();
  const offered = test?.result.ok === true ? test.result.report.choices : undefined;
  const context: FormContext = { words, language, platforms, known, offered };
  const access = useRef<Form>(undefined);
  const [start] = useState(() => initialFormValues(known));
  const found = useFoundPlatform(access);

  /** Says what is missing and goes to its line; answers whether all is there. */
  const isComplete = (values: FormValues, keyNeeded: boolean): boolean => {
    const problem = formProblem(values, context, keyNeeded);
    if (problem === undefined) return true;
    notify(problem.why === 'empty' ? said.missing(problem.line.label) : said.looksWrong(problem.line.label), 'waiting');
    access.current?.goTo(problem.line.id);
    return false;
  };
  const runTest = (values: FormValues): void => {
    if (!isComplete(values, known === undefined)) return;
    const name = values.name || values.id || known?.name || '';
    runTask(words.screen.testing(name), async (signal) => {
      const given = credentialsOf(values, platforms);
      const subject = known !== undefined && given === undefined ? known.id : newShopOf(values, context);
      const result = await services.shops.test(subject, given, signal);
      setTest({ of: name, result });
      const { text, tone } = testOutcome(result, name, words);
      notify(text, tone);
    });
  };
  const write = async (values: FormValues) => {
    const wanted = newShopOf(values, context);
    const { id: _id, platform: _platform, ...change } = wanted;
    const there = known?.id ?? added;
    return there === undefined ? services.shops.add(wanted) : services.shops.change(there, change);
  };
  const save = (values: FormValues): void => {
    if (!isComplete(values, false)) return;
    perform(async () => {
      const shop = await write(values);
      setAdded(shop.id);
      const given = credentialsOf(values, platforms);
      if (given !== undefined) await services.shops.saveCredentials(shop.id, given);
      const isFirst = overview?.state?.lastComplete === undefined && given !== undefined && !jobs.running();
      notify(isFirst ? said.savedAndSyncing(shop.name) : said.saved(shop.name));
      if (isFirst) jobs.sync({ shopIds: [shop.id], full: true });
      replace({ screen: 'shop', shopId: shop.id });
    });
  };
  /** What was saved, though perhaps without its key, is left for its card. */
  const leave = (): void => (added === undefined ? back() : replace({ screen: 'shop', shopId: added }));
  const leaveByEscape = useLeaveForm(access, start, leave);
  const form = useForm({
    linesFor: (values) => formLines(values, context),
    start,
    buttons: [
      { label: said.test, run: runTest },
      { label: said.save, run: save },
      { label: words.screen.cancel, run: leave },
    ],
    onLeft: (line, values) => {
      if (line.id === 'url' && known === undefined) found.find(values.url ?? '');
    },
    onEscape: leaveByEscape,
  });
  access.current = form;
  const tested = test === undefined ? undefined : testLines(test.result, test.of, words);
  const notes = formNotes(form, { ...context, found: found.at, tested, width: viewport.columns - 8 });
  return (
    <FormPage
      title={known === undefined ? said.titleNew : said.titleEdit(known.name)}
      form={form}
      notes={notes}
      noteRows={noteRows}
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    'shop-form': { readonly shopId?: ShopId };
  }
}

/** The screen `shop-form`. */
export const shopFormScreen = defineScreen({
  route: 'shop-form',
  component: ShopForm,
});
