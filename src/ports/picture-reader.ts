import type { Shop } from '../domain/shop.ts';

/** Why a picture was not fetched; `another-host`: it does not lie at the shop's own address, and nobody was asked. */
export type PictureTrouble =
  | 'another-host'
  | 'moved'
  | 'not-there'
  | 'not-a-picture'
  | 'too-large'
  | 'too-slow'
  | 'refused'
  | 'unreachable';

export type PictureKind = 'png' | 'jpeg' | 'webp' | 'gif';

/** What a picture is, whatever its address: two with one hash (SHA-256 of the bytes, hex) are the same. */
export type PictureRead =
  | {
      readonly kind: 'read';
      readonly hash: string;
      readonly format: PictureKind;
      readonly bytes: number;
      /** The picture itself, where it was asked for. */
      readonly content?: Uint8Array;
    }
  | { readonly kind: 'not-read'; readonly why: PictureTrouble };

/** Fetches a product's picture as any visitor of the shop would: without a key, a cookie or a redirect. */
export type PictureReader = {
  /** `shop`: at whose address it must lie; `contentUpTo`: it is wanted itself, and so many bytes of it at most. Rejects only when aborted. */
  read(
    request: { readonly url: string; readonly shop: Shop; readonly contentUpTo?: number },
    signal: AbortSignal,
  ): Promise<PictureRead>;
};
