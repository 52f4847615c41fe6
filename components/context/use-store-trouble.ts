import { useEffect, useState } from 'react';
import type { Services } from '../../src/services/services.ts';

type StoreTrouble = Parameters<Parameters<Services['watchTrouble']>[0]>[0];

/** What keeps the store from being read, for as long as it does: what is shown is old then. */
export function useStoreTrouble(services: Pick<Services, 'watchTrouble'>): StoreTrouble {
  const [trouble, setTrouble] = useState<StoreTrouble>();
  useEffect(() => services.watchTrouble(setTrouble), [services]);
  return trouble;
}
