import { converse } from '../../components/plain/conversation.ts';
import type { Services } from '../../src/services/services.ts';
import { telling } from '../../src/views/telling.ts';
import { wordsOf } from '../../src/views/words.ts';

/** Has a conversation in the plain mode: these answers, one after the other, then the input ends. All that was said. */
export async function converseWith(services: Services, answers: readonly string[]): Promise<string> {
  const words = wordsOf('en');
  const said: string[] = [];
  const left = [...answers];
  const shops = (await services.shops()).map((one) => one.shop);
  await converse(
    {
      services,
      words,
      say: (text) => said.push(text),
      signal: new AbortController().signal,
      ask: async (text) => {
        const answer = left.shift();
        said.push(text, `> ${answer ?? ''}`);
        return answer;
      },
      telling: (products = []) => telling({ words, now: services.now(), timeZone: 'UTC' }, { shops, products }),
    },
    shops.map((shop) => shop.id),
  );
  return said.join('\n');
}
