import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Instant } from '../../../domain/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { CopyKind, Maintenance } from '../../../ports/store-engine.ts';
import { StoreError } from '../../../ports/store-error.ts';
import type { Contents } from '../../contents/contents.ts';
import { documentContents, documentOf, writeDocument } from '../../contents/document.ts';
import { withCopyErrors, withTargetErrors } from '../../maintenance/copy-errors.ts';
import { timed, timedWrite } from '../../maintenance/speed.ts';
import type { Ask, Engine } from '../engine.ts';
import { finishTexts } from '../writing/finish-texts.ts';
import { checkAll, sizeOf } from './check.ts';
import { sqlContents } from './contents.ts';
import { fill } from './fill.ts';
import { trimHistory } from './trim-history.ts';

/** What the two databases do differently with whole copies of themselves. */
export type Copies = {
  readonly kind: Engine['kind'];
  readonly place: string;
  readonly open: () => Promise<Engine>;
  /** The same for a copy to be put there: also where no store is, and none may begin by itself. */
  readonly openNew?: () => Promise<Engine>;
  /** Writes a copy into a file that is not there yet. */
  readonly copyTo: (engine: Engine, file: string) => Promise<void>;
  /** What such a copy holds. */
  readonly read: (file: string) => Contents;
  /** Where what stood there before is kept. */
  readonly keptName: (at: Instant) => string;
  /** Lays a store aside that cannot be opened. Answers where. */
  readonly layAside?: (at: Instant) => Promise<string>;
};

/** Looks after a store on a database. */
export function sqlMaintenance(copies: Copies, clock: Pick<Clock, 'now'>): Maintenance {
  const { kind, place, open, openNew = open } = copies;
  const using = async <Value>(work: (engine: Engine) => Promise<Value>): Promise<Value> => {
    const engine = await open();
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  };
  const replaceBy = (file: string, wanted: CopyKind, contents: () => Contents) =>
    withCopyErrors(file, wanted, async () => {
      // Read to its end before anything is touched: a copy that is none must cost nothing.
      for await (const _ of contents());
      const kept = await unused(copies.keptName(clock.now()));
      let engine: Engine;
      let laidAside: string | undefined;
      try {
        engine = await openNew();
      } catch (error) {
        const canBeLaidAside =
          error instanceof StoreError && (error.kind === 'damaged' || error.kind === 'newer-version');
        if (!canBeLaidAside || copies.layAside === undefined) throw error;
        laidAside = await copies.layAside(clock.now());
        engine = await openNew();
      }
      try {
        const { counts, events } = await sizeOf(engine);
        const held = counts.shops.length + counts.products + counts.listings + events > 0;
        if (held) await copies.copyTo(engine, kept);
        await fill(engine, contents, randomUUID(), file);
        return { kept: held ? kept : laidAside, findings: await checkAll(engine) };
      } finally {
        await engine.close();
      }
    });

  return {
    kind,
    place,
    check: async () => {
      try {
        return { ok: true, found: await using(checkAll) };
      } catch (error) {
        if (error instanceof StoreError) return { ok: false, trouble: error };
        throw error;
      }
    },
    backup: async (target) => {
      if (await isThere(target)) return undefined;
      return withTargetErrors(target, () =>
        using(async (engine) => {
          await copies.copyTo(engine, target);
          return { place: target, findings: await sizeOf(engine) };
        }),
      );
    },
    restore: (backup) => replaceBy(backup, kind === 'sqlite' ? 'sqlite' : 'export', () => copies.read(backup)),
    compact: () =>
      using(async (engine) => {
        const before = await sizeOf(engine);
        const warnings = await trimHistory(engine, clock.now());
        await finishTexts(engine);
        await engine.tidy();
        const after = await sizeOf(engine);
        return { before, after: { ...after, warnings: [...after.warnings, ...warnings] } };
      }),
    async *exported() {
      const engine = await open();
      try {
        const view = await steadyView(engine);
        try {
          yield* documentOf(sqlContents({ ...engine, ask: view.ask }), clock.now());
        } finally {
          await view.end();
        }
      } finally {
        await engine.close();
      }
    },
    exportTo: (file) =>
      withTargetErrors(file, () =>
        using((engine) => engine.steady((ask) => writeDocument(sqlContents({ ...engine, ask }), clock.now(), file))),
      ),
    importFrom: (file) => replaceBy(file, 'export', () => documentContents(file)),
    size: () => using(sizeOf),
    explain: async ({ readOnly = false } = {}) => {
      const [openMs, engine] = await timed(open);
      try {
        const [readMs] = await timed(() => engine.ask(sql`select key from products limit 1`));
        const nothing = { token: randomUUID(), change: { tables: [], shops: [], products: [] } };
        const write = () => engine.transact(nothing.token, (ask) => engine.announce(ask, nothing));
        const written = readOnly ? {} : await timedWrite(write);
        return { openMs, readMs, ...written };
      } finally {
        await engine.close();
      }
    },
    outgrown: () => using((engine) => engine.warnings()),
  };
}

/** A name that nothing bears yet. */
async function unused(name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? name : `${name}-${number}`;
    if (!(await isThere(wanted))) return wanted;
  }
}
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A steady view that stays open until it is ended, for what is read piece by piece. */
async function steadyView(engine: Engine): Promise<{ readonly ask: Ask; readonly end: () => Promise<void> }> {
  const ended = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<Ask>();
  const held = engine.steady(async (ask) => {
    begun.resolve(ask);
    await ended.promise;
  });
  held.catch(begun.reject);
  return {
    ask: await begun.promise,
    end: async () => {
      ended.resolve();
      await held;
    },
  };
}
