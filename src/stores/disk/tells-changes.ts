import { statfsSync } from 'node:fs';

/**
 * Linux's numbers (`linux/magic.h`) of file systems that lie on this machine alone: ext4, XFS, Btrfs, tmpfs, ramfs,
 * overlay, F2FS, ZFS and bcachefs. Where another machine can write, as over NFS or SMB, nobody tells of it.
 */
const ownFileSystems: ReadonlySet<number> = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x858458f6, 0x794c7630, 0xf2f52010, 0x2fc12fc1, 0xca451a4e,
]);

/** Whether a watched folder hears of every write to its files. What is not known for certain counts as no. */
export function tellsChanges(folder: string): boolean {
  try {
    return ownFileSystems.has(statfsSync(folder).type);
  } catch {
    return false;
  }
}
