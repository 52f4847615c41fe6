/**
 * One signal for the whole program. The first Ctrl-C (or an end asked for by the system) aborts it, so that what is
 * under way ends cleanly and can go on later; a second one leaves at once.
 */
export function makeShutdownSignal(): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException('interrupted', 'AbortError'));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return { signal: controller.signal };
}
