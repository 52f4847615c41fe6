import { type PlanId, toPlanId } from '../../../domain/ids.ts';
import type { PushPlan } from '../../../domain/push-plan.ts';
import { Refusal } from '../../../services/dependencies/refusal.ts';
import type { AddCommand, CommandHandler, Session } from '../../command-context.ts';
import { listOptions, wholeNumber } from '../../options.ts';
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
  readonly yesZeroes?: number;
  readonly yesJumps?: number;
  readonly yesFirsts?: number;
  readonly yesNegatives?: number;
  readonly yesChanged?: number;
};
/** The plan that was named, whole or by its last four letters or more. */
const planNamed = async (session: Session, text: string): Promise<PushPlan> => {
  const exact = await session.services.push.storedPlan(toPlanId(text));
  if (exact !== undefined) return exact;
  const ending = text.length < 4 ? [] : (await session.services.push.plans()).filter(({ id }) => id.endsWith(text));
  const [only, another] = ending;
  if (only === undefined || another !== undefined) throw new Refusal('unknown-plan', { plan: text });
  return only;
};

const newPlan = async (session: Session, options: Options): Promise<PushPlan> => {
  const shopId = await resolveOptionalShop(session, options.shop);
  const product = options.product === undefined ? undefined : await resolveProduct(session, options.product);
  return session.services.push.plan({
    shopIds: shopId === undefined ? undefined : [shopId],
    productIds: product === undefined ? undefined : [product.id],
  });
};

const yesOf = (options: Options) => ({
  zeroes: options.yesZeroes,
  jumps: options.yesJumps,
  firsts: options.yesFirsts,
  negatives: options.yesNegatives,
  changed: options.yesChanged,
});

const push: CommandHandler<Session, Options> = async (session, _operands, options) => {
  const { services, words, signal } = session;
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
export const addPush: AddCommand = (program, { words, run }) => {
  const said = words.cli.help;
  const count = wholeNumber(words);
  const command = program
    .command('push')
    .description(said.push)
    .option('--dry-run', said.pushDryRun)
    .option('--apply [plan]', said.pushApply)
    .option('--shop <id>', said.onlyShop)
    .option('--product <product>', said.onlyProduct)
    .option('--all', said.pushAll)
    .option('--yes-zeroes <number>', said.yesZeroes, count)
    .option('--yes-jumps <number>', said.yesJumps, count)
    .option('--yes-firsts <number>', said.yesFirsts, count)
    .option('--yes-negatives <number>', said.yesNegatives, count)
    .option('--yes-changed <number>', said.yesChanged, count);
  listOptions(command, words).action(run(push));
};
