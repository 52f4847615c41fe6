import { useEffect, useRef, useState } from 'react';
import { type FoundAt, filledIn } from '../../src/views/shops/found-platform.ts';
import type { FormValues } from '../../src/views/shops/shop-form.ts';
import { useApp } from '../context/app-context.ts';

/** What the finding needs of the form: its values as they are now, and a way to fill them in. */
type FormAccess = { readonly now: () => FormValues; readonly fill: (values: FormValues) => void };

/**
 * Finds out by an address, without a key, what a shop runs on, and fills in what it found. An answer to an address
 * that was changed meanwhile is dropped; a platform that was chosen by hand stays.
 */
export function useFoundPlatform(form: { readonly current: FormAccess | undefined }): {
  readonly at: FoundAt | undefined;
  readonly find: (address: string) => void;
} {
  const { services, busy, perform, shops } = useApp();
  const [at, setAt] = useState<FoundAt>();
  const stop = useRef<AbortController>(undefined);
  const asked = useRef('');
  useEffect(() => () => stop.current?.abort(), []);
  const find = (address: string): void => {
    const text = address.trim();
    if (text === '' || text === asked.current) return;
    stop.current?.abort();
    const stopping = new AbortController();
    stop.current = stopping;
    const { signal } = stopping;
    asked.current = text;
    setAt({ asked: text, found: 'asking' });
    const end = busy.begin();
    services.shops
      .detectPlatform(text, signal)
      .then((found) => {
        if (signal.aborted) return;
        setAt({ asked: text, found });
        const values = form.current?.now();
        if (values === undefined || values.url?.trim() !== text) return;
        const taken = shops.map(({ shop }) => String(shop.id));
        const filled = filledIn(found, values, taken);
        if (filled === undefined) return;
        asked.current = filled.url ?? text;
        form.current?.fill({ ...filled, platform: values.platform || (filled.platform ?? '') });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) perform(() => Promise.reject(error));
      })
      .finally(end);
  };
  return { at, find };
}
