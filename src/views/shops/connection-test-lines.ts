import type { ConnectionTest } from '../../services/shops/shop-service.ts';
import { shopErrorLines } from '../errors/error-lines.ts';
import type { Words } from '../words/words.ts';
import { permissionLine, warningSentence } from './shop-lines.ts';

/** What a test of the connection found, one line each. */
export function testLines(result: ConnectionTest, shop: string, words: Words): readonly string[] {
  if (!result.ok) {
    const lines = shopErrorLines(result.trouble, shop, words);
    return [`✗ ${lines.said}`, ...lines.details, lines.advice];
  }
  const { report } = result;
  return [
    `● ${words.screen.testGood(report.shopName ?? report.identity, String(result.tookMs))}`,
    ...report.permissions.map(
      (one) => `${one.granted === false ? '✗' : one.granted === undefined ? '○' : '●'} ${permissionLine(one, words)}`,
    ),
    ...report.warnings.map((one) => `◐ ${warningSentence(one, words)}`),
  ];
}
