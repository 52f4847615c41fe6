import type { Shop } from '../../src/domain/shop.ts';
import { shopCode } from '../../src/views/format/refs.ts';
import { useApp } from '../context/app-context.ts';
import type { Dialog } from '../context/dialog.ts';

/** Asks how to read the shops, and starts it; the person may go on working meanwhile. */
export function useSync(): (shops: readonly Shop[]) => void {
  const { words, openDialog, jobs, notify, shops: all } = useApp();
  const acceptShop = useAcceptShop();
  return (shops) => {
    if (jobs.running()) {
      return openDialog({
        kind: 'menu',
        title: words.screen.syncRunning,
        choices: [
          { label: words.screen.goOn, run: () => undefined },
          {
            label: words.screen.stopSync,
            note: words.screen.stopSyncNote,
            run: () => {
              jobs.cancel();
              notify(words.screen.stopping, 'quiet');
            },
          },
        ],
      });
    }
    const held = jobs.results().find((result) => result.wouldRemove !== undefined);
    const count = String(held?.wouldRemove ?? '');
    // A reading that was stopped because too many links would vanish goes on only with their exact number.
    const accept = (): void =>
      openDialog({
        kind: 'confirm',
        title: words.screen.syncAsks(held?.shopId ?? '', count),
        lines: [{ text: words.screen.syncAsksWhy, tone: 'waiting' }],
        yes: words.screen.syncAccept,
        questions: [{ label: words.screen.typeToConfirm(count), answer: count }],
        onYes: () => {
          if (held !== undefined) jobs.sync({ shopIds: [held.shopId], full: true, acceptRemovals: held.wouldRemove });
        },
      });
    const shopIds = shops.map((shop) => shop.id);
    const names = shops.map((shop) => shop.id).join(', ');
    openDialog({
      kind: 'menu',
      title: words.screen.syncTitle,
      choices: [
        ...(held === undefined
          ? []
          : [{ label: words.screen.syncAsks(held.shopId, count), note: words.screen.syncAccept, run: accept }]),
        ...acceptShop(shops),
        { label: words.screen.syncThese(names), note: words.screen.syncChanges, run: () => jobs.sync({ shopIds }) },
        {
          label: words.screen.syncTheseFull(names),
          note: words.screen.syncFull,
          run: () => jobs.sync({ shopIds, full: true }),
        },
        { label: words.screen.syncAll(String(all.length)), note: words.screen.syncChanges, run: () => jobs.sync({}) },
        {
          label: words.screen.syncAllFull(String(all.length)),
          note: words.screen.syncFull,
          run: () => jobs.sync({ full: true }),
        },
      ],
    });
  };
}

type Choice = Extract<Dialog, { kind: 'menu' }>['choices'][number];

/** What a person may accept of these shops before they can be read: that one calls itself otherwise, that one has grown. */
function useAcceptShop(): (shops: readonly Shop[]) => readonly Choice[] {
  const { services, words, openDialog, perform, notify, jobs, shops: all } = useApp();

  const acceptName = (shop: Shop): void => {
    const code = shopCode(shop.id);
    const sure = (name: string): void =>
      openDialog({
        kind: 'confirm',
        title: words.screen.acceptShopSure(code, name),
        lines: [{ text: words.screen.acceptShopWhy, tone: 'waiting' }],
        yes: words.screen.acceptShopYes,
        onYes: () =>
          perform(async () => {
            await services.shops.change(shop.id, { acceptIdentity: name });
            jobs.sync({ shopIds: [shop.id], full: true });
          }),
      });
    openDialog({
      kind: 'prompt',
      title: words.screen.acceptShopTitle(code),
      // What a shop calls itself is an address or a name: a part of the text, and asked about once more.
      acceptsScan: true,
      onText: (typed) => {
        if (typed.trim() !== '') sure(typed.trim());
      },
    });
  };
  const sayHowMany = (shop: Shop): void =>
    openDialog({
      kind: 'prompt',
      title: words.screen.shopGrewTitle(shopCode(shop.id)),
      onText: (typed) => {
        const expected = Number(typed.trim());
        if (!/^[1-9]\d{0,6}$/.test(typed.trim())) return notify(words.screen.notANumber(typed), 'waiting');
        jobs.sync({ shopIds: [shop.id], full: true, expected });
      },
    });
  return (shops) =>
    shops.flatMap((shop): readonly Choice[] => {
      const last = jobs.results().find(({ shopId }) => shopId === shop.id)?.trouble;
      const kind = last?.kind ?? all.find((one) => one.shop.id === shop.id)?.state?.lastTrouble?.kind;
      const code = shopCode(shop.id);
      if (last?.detail.rowLimit !== undefined)
        return [{ label: words.screen.shopGrew(code), run: () => sayHowMany(shop) }];
      return kind === 'another-shop' ? [{ label: words.screen.acceptShop(code), run: () => acceptName(shop) }] : [];
    });
}
