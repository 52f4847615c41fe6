import { createHash } from 'node:crypto';
import type { Shop } from '../domain/shop.ts';
import type { PictureKind, PictureRead, PictureReader, PictureTrouble } from '../ports/picture-reader.ts';
import { connectionOptions } from './network/connection-options.ts';
import { isLoopback } from './urls.ts';

export type PictureLimits = {
  /** Milliseconds for a whole picture. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
};

const usual: PictureLimits = { timeoutMs: 5_000, maxBytes: 5 * 1024 * 1024 };

/** Makes the reader of pictures over the same line as the connectors', but with no key to lose. */
export function makePictureReader(limits: PictureLimits = usual): PictureReader {
  return {
    read: async ({ url, shop, contentUpTo }, signal) => {
      const at = ownAddress(url, shop);
      if (at === undefined) return notRead('another-host');
      const { exchange, exchangeFailure } = await import('./http-exchange.ts');
      try {
        const { status, text } = await exchange(
          {
            url: at,
            headers: { accept: 'image/png,image/jpeg,image/webp,image/gif' },
            asBytes: true,
            doing: 'fetching a picture',
          },
          {
            ...connectionOptions(shop.options),
            ...limits,
            maxBytes: Math.min(limits.maxBytes, contentUpTo ?? limits.maxBytes),
            jsonLimits: 'none',
          },
          signal,
        );
        return status === 200
          ? pictureIn(Buffer.from(text, 'latin1'), contentUpTo !== undefined)
          : notRead(troubleOf(status));
      } catch (error) {
        signal.throwIfAborted();
        return notRead(exchangeFailure(error));
      }
    },
  };
}

const notRead = (why: PictureTrouble): PictureRead => ({ kind: 'not-read', why });

const bareHost = (url: URL): string => url.host.replace(/^www\./, '');

/**
 * The address where it is the shop's own. What a shop writes in a listing is untrusted: another host could be anybody's,
 * or a machine on the own network, and would learn that we look.
 */
function ownAddress(written: string, shop: Shop): URL | undefined {
  if (!URL.canParse(written) || !URL.canParse(shop.url)) return undefined;
  const [url, own] = [new URL(written), new URL(shop.url)];
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return safe && url.username === '' && bareHost(url) === bareHost(own) ? url : undefined;
}

function troubleOf(status: number): PictureTrouble {
  if (status >= 300 && status < 400) return 'moved';
  if (status === 404 || status === 410) return 'not-there';
  return status >= 500 ? 'unreachable' : 'refused';
}

function pictureIn(bytes: Buffer, withContent: boolean): PictureRead {
  const format = formatOf(bytes);
  if (format === undefined) return notRead('not-a-picture');
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'read', hash, format, bytes: bytes.length, ...(withContent ? { content: bytes } : {}) };
}

/** By its first bytes: the name and the content type are what somebody wrote. */
function formatOf(bytes: Buffer): PictureKind | undefined {
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return 'png';
  if (head.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (/^GIF8[79]a/.test(head)) return 'gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'webp' : undefined;
}
