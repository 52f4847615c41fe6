import { type PlanId, toPlanId } from '../../../domain/ids.ts';
import { holdingGuard } from '../../../domain/push/push-guards.ts';
import type { PushPlan, PushRow } from '../../../domain/push-plan.ts';
import { Refusal } from '../../../services/dependencies/refusal.ts';
import { shopIn } from '../../../views/commands/palette.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, onScreen, shopOption } from '../../define-command.ts';
import { type ExitCode, exit } from '../../exit-codes.ts';
import { countMeter } from '../../output/progress.ts';
import { resolveOptionalShop, resolveProduct } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';
import { printPlan, printPushResult } from './push-output.ts';

type Options = {
  readonly shop?: string;
  readonly product?: string;
  readonly dryRun?: boolean;
  readonly apply?: string | true;
  readonly all?: boolean;
  readonly held?: boolean;
  readonly yesZeroes?: number;
  readonly yesJumps?: number;
  readonly yesFirsts?: number;
  readonly yesNegatives?: number;
  readonly yesChanged?: number;
};
/** Of so many plans one is named by its ending. */
const plansLooked = 1_000;

/** The plan that was named, whole or by its last four letters or more. */
const planNamed = async (session: Session, text: string): Promise<PushPlan> => {
  const exact = await session.services.push.storedPlan(toPlanId(text));
  if (exact !== undefined) return exact;
  const ending =
    text.length < 4 ? [] : (await session.services.push.planIds(plansLooked)).filter((id) => id.endsWith(text));
  const [only, another] = ending;
  const plan = only && another === undefined ? await session.services.push.storedPlan(only) : undefined;
  if (plan === undefined) throw new Refusal('unknown-plan', { plan: text });
  return plan;
};

const newPlan = async (session: Session, options: Options, only?: (row: PushRow) => boolean): Promise<PushPlan> => {
  const shopId = await resolveOptionalShop(session, options.shop);
  const product = options.product === undefined ? undefined : await resolveProduct(session, options.product);
  return session.services.push.plan({
    shopIds: shopId === undefined ? undefined : [shopId],
    productIds: product === undefined ? undefined : [product.id],
    only,
  });
};

const yesOf = (options: Options) => ({
  zeroes: options.yesZeroes,
  jumps: options.yesJumps,
  firsts: options.yesFirsts,
  negatives: options.yesNegatives,
  changed: options.yesChanged,
});

/** What the unattended push leaves to a person: rows that a guard holds, in the shops that are told unattended or the one named. */
const heldPlan = (session: Session, options: Options): Promise<PushPlan> => {
  const passes = session.settings.serve.push;
  const asked = options.shop !== undefined || options.product !== undefined;
  return newPlan(
    session,
    options,
    (row) =>
      row.kind === 'send' &&
      holdingGuard(row, new Set(passes[row.shopId])) !== undefined &&
      (asked || passes[row.shopId] !== undefined),
  );
};

const printHeld = async (session: Session, options: Options): Promise<ExitCode> => {
  const plan = await heldPlan(session, options);
  if (plan.rows.length > 0 || session.format === 'json' || session.format === 'csv') {
    await printPlan(session, plan, false);
  } else session.out.note(session.words.serve.nothingHeld);
  return plan.rows.length > 0 ? exit.findings : exit.ok;
};

const push: CommandHandler<Session, Options> = async (session, _operands, options) => {
  const { services, words, signal } = session;
  if (options.held === true) return printHeld(session, options);
  if ((options.dryRun === true) === (options.apply !== undefined))
    throw new UsageError(words.cli.usage.pushHow, words.cli.tip.push);
  if (options.apply === undefined) return printPlan(session, await newPlan(session, options), options.all === true);
  const plan = options.apply === true ? await newPlan(session, options) : await planNamed(session, options.apply);
  const planId: PlanId = plan.id;
  const meter = countMeter(session, words.cli.sending);
  const result = await services.push
    .apply({ planId, yes: yesOf(options), onProgress: meter.show }, signal)
    .finally(meter.end);
  return printPushResult(session, (await services.push.storedPlan(planId)) ?? plan, {
    result,
    all: options.all === true,
  });
};

/** `push`: what the shops would be told, and telling them exactly that. */
export const pushCommand = defineCommand({
  name: 'push',
  help: 'push',
  options: [
    { flags: '--dry-run', help: 'pushDryRun' },
    { flags: '--apply [plan]', help: 'pushApply' },
    shopOption(),
    { flags: '--product <product>', help: 'onlyProduct' },
    { flags: '--held', help: 'pushHeld' },
    { flags: '--all', help: 'pushAll' },
    { flags: '--yes-zeroes <number>', help: 'yesZeroes', wholeNumberFrom: 0 },
    { flags: '--yes-jumps <number>', help: 'yesJumps', wholeNumberFrom: 0 },
    { flags: '--yes-firsts <number>', help: 'yesFirsts', wholeNumberFrom: 0 },
    { flags: '--yes-negatives <number>', help: 'yesNegatives', wholeNumberFrom: 0 },
    { flags: '--yes-changed <number>', help: 'yesChanged', wholeNumberFrom: 0 },
    ...listOptions,
  ],
  screen: onScreen(
    (line) => {
      const shopId = shopIn(line);
      const asked = line.options.get('product');
      return {
        kind: 'push',
        make: line.options.has('dry-run') || shopId !== undefined || asked !== undefined,
        shopIds: shopId === undefined ? undefined : [shopId],
        asked,
      };
    },
    ['--dry-run', '--shop', '--product'],
  ),
  run: push,
  examples: [
    'bindeled push --dry-run --shop dk',
    'bindeled push --apply 01k3f --yes-zeroes 12 --yes-firsts 40',
    'bindeled push --dry-run --product SOK-1',
    'bindeled push --held',
  ],
});
