import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { answersNoShop } from '../urls.ts';

const inUrl = ({ address, family }: LookupAddress): string => (family === 6 ? `[${address}]` : address);

/**
 * Finds a host's addresses as Node does, and none that no shop answers at: any name may lead to a machine's own services
 * (`169.254.169.254.nip.io`), which an address that was typed may not name.
 */
export const lookupHost: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, []);
    const usable = found.filter((one) => !answersNoShop(new URL(`http://${inUrl(one)}`).hostname));
    const [first] = usable;
    if (first === undefined) {
      const words = `${hostname} leads to ${found.map(({ address }) => address).join(', ')}, where no shop answers`;
      return done(Object.assign(new Error(words), { code: 'ENOTFOUND' }), []);
    }
    if (options.all === true) return done(null, usable);
    return done(null, first.address, first.family);
  });
};
