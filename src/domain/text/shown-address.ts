const schemeAndUser = /^([a-z][a-z0-9+.-]*:[\\/]{2,})?[^/?#\\]*@/i;
const afterHost = /^((?:[a-z][a-z0-9+.-]*:[\\/]{2,})?[^/?#\\]*).*$/is;

/**
 * An address that a person typed, as it may be shown: without user, query and fragment, where people paste keys; of
 * one that is known to hold a key (`holdsKey`) also without its path.
 */
export function shownAddress(typed: string, holdsKey = false): string {
  const bare = typed.trim().replace(schemeAndUser, '$1');
  return holdsKey ? bare.replace(afterHost, '$1') : bare.replace(/[?#].*$/s, '');
}
