import pg from 'pg';

/** So often it is asked whether the server answers anybody, so long that is waited for, and so often in a row it may not. */
export type Probe = { readonly everyMs: number; readonly answerMs: number; readonly atMost: number };
const usualProbe: Probe = { everyMs: 10_000, answerMs: 10_000, atMost: 4 };

/**
 * Waits for a statement that may take as long as it needs, for as long as the server answers anybody: one that stands
 * still, or a way to it that swallows everything, would be waited for without end. Whatever it answers, a refusal too, is
 * an answer.
 */
export async function unlessSilent<Value>(
  config: pg.ClientConfig,
  work: Promise<Value>,
  { everyMs, answerMs, atMost }: Probe = usualProbe,
): Promise<Value> {
  let unanswered = 0;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const silent = new Promise<never>((_, reject) => {
    const ask = async (): Promise<void> => {
      // Counted, and not by the time: this process may itself have stood still.
      unanswered = (await answers({ ...config, connectionTimeoutMillis: answerMs, query_timeout: answerMs }))
        ? 0
        : unanswered + 1;
      if (isOver) return;
      if (unanswered < atMost) later();
      else reject(new Error(`connection error: the server has been asked ${unanswered} times and is silent`));
    };
    const later = (): void => {
      timer = setTimeout(() => void ask(), everyMs);
    };
    later();
  });
  try {
    return await Promise.race([work, silent]);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}

async function answers(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError;
  } finally {
    client.end().catch(() => undefined);
  }
}
