import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreWarning } from '../../ports/store-error.ts';
import { locksFolder } from '../disk/file-names.ts';
import { otherHost } from '../locking/lock-ticket.ts';

// The numbers that Linux gives file systems that come over a network (statfs(2)): NFS, CIFS, SMB2, AFS, Ceph, 9P.
const networkFileSystems: ReadonlySet<number> = new Set([
  0x6969, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x01021997,
]);

/** That a store lies where several machines reach it, as far as the system or another machine's traces tell. */
export function sharedFolder(folder: string): readonly StoreWarning[] {
  const host = otherHost(join(folder, locksFolder));
  if (host === undefined && !isOnNetwork(folder)) return [];
  return [{ kind: 'shared-folder', host }];
}

function isOnNetwork(folder: string): boolean {
  try {
    return networkFileSystems.has(statfsSync(folder).type);
  } catch {
    return false;
  }
}
