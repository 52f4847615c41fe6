/** Work that waits until nothing has been written for a while, or for the end. */
export type PauseWork = {
  /** The work is due: it is done in the next pause. Asked again, the pause begins anew. */
  readonly due: () => void;
  /** Does what is due at once, and nothing where nothing is. */
  readonly finish: () => Promise<void>;
};

/** A pause does not keep the process alive. What the work rejects with is nobody's: it is due again after the next change. */
export function makePauseWork(work: () => Promise<void>, pauseMs: number): PauseWork {
  let timer: NodeJS.Timeout | undefined;
  const finish = async (): Promise<void> => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    await work().catch(() => undefined);
  };
  return {
    due: () => {
      clearTimeout(timer);
      timer = setTimeout(finish, pauseMs).unref();
    },
    finish,
  };
}
