/** Whoever started the server and starts it anew when it hangs: systemd. None of these rejects. */
export type Supervisor = {
  /** The server answers. */
  ready(): Promise<void>;
  /** The rounds go on; may be called as often as one likes. */
  alive(): Promise<void>;
  /** It is being stopped, and ends what it does. */
  stopping(): Promise<void>;
};
