/**
 * Lets the sessions of one database in by turns: PGlite has a single connection, so whoever has a transaction open
 * keeps the others waiting until it ends.
 */
export class SessionGate {
  #owner: object | null = null;
  #waiting: (() => void)[] = [];

  /** Returns once the session may send; it already may while it holds a transaction open. */
  async enter(session: object): Promise<void> {
    while (this.#owner !== null && this.#owner !== session) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#owner = session;
  }

  /** Lets the next one in, unless the session goes on holding the connection. */
  leave(options: { readonly keep: boolean }): void {
    if (options.keep) return;
    this.#owner = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}
