import type { Socket } from "node:net";

/** Requests that come before the first message and are answered by one letter: encryption by TLS or by GSSAPI. */
const encryptionRequests = [80_877_103, 80_877_104];

/**
 * Carries messages between a client that does not know where it is and a server that trusts everybody. The client's own
 * start message is replaced by one for the user and the database of the URL.
 */
export class EmbeddedConnection {
  readonly #socket: Socket;
  readonly #url: URL;
  #started = false;
  #unsent = Buffer.alloc(0);
  #received: Buffer[] = [];
  #done: (() => void) | null = null;
  #failed: Error | null = null;

  constructor(socket: Socket, url: URL) {
    this.#socket = socket;
    this.#url = url;
    socket.on("data", (bytes: Buffer) => {
      this.#received.push(bytes);
      if (endsReady(this.#received)) this.#finish(null);
    });
    socket.on("error", (error) => this.#finish(error));
    socket.on("close", () => this.#finish(new Error("The server closed the connection.")));
  }

  /** Sends what the client wrote, and gives everything that the server says until it is ready for more. */
  async send(bytes: Uint8Array): Promise<Uint8Array> {
    this.#unsent = Buffer.concat([this.#unsent, bytes]);
    if (!this.#started) return await this.#start();
    const { end, wantsAnswer } = completeMessages(this.#unsent);
    if (end === 0) return new Uint8Array();
    const complete = this.#unsent.subarray(0, end);
    this.#unsent = this.#unsent.subarray(end);
    return await this.#exchange(complete, wantsAnswer);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #start(): Promise<Uint8Array> {
    if (this.#unsent.length < 8 || this.#unsent.length < this.#unsent.readInt32BE(0)) return new Uint8Array();
    const code = this.#unsent.readInt32BE(4);
    this.#unsent = this.#unsent.subarray(this.#unsent.readInt32BE(0));
    if (encryptionRequests.includes(code)) return Buffer.from("N");
    this.#started = true;
    return await this.#exchange(startMessage(this.#url), true);
  }

  async #exchange(bytes: Uint8Array, wantsAnswer: boolean): Promise<Uint8Array> {
    if (this.#failed !== null) throw this.#failed;
    this.#socket.write(bytes);
    if (!wantsAnswer) return new Uint8Array();
    await new Promise<void>((resolve) => {
      this.#done = resolve;
    });
    if (this.#failed !== null) throw this.#failed;
    const answer = Buffer.concat(this.#received);
    this.#received = [];
    return answer;
  }

  #finish(error: Error | null): void {
    this.#failed ??= error;
    this.#done?.();
    this.#done = null;
  }
}

/** How far whole messages go, and whether the last of them is one that the server answers. */
function completeMessages(bytes: Buffer): { readonly end: number; readonly wantsAnswer: boolean } {
  let end = 0;
  let wantsAnswer = false;
  while (bytes.length >= end + 5) {
    const next = end + 1 + bytes.readInt32BE(end + 1);
    if (next > bytes.length) break;
    wantsAnswer = ["Q", "S"].includes(String.fromCharCode(bytes[end] ?? 0));
    end = next;
  }
  return { end, wantsAnswer };
}

/** Whether the last message is ReadyForQuery, the only one of six bytes that begins with Z. */
function endsReady(parts: readonly Buffer[]): boolean {
  const last = parts.at(-1);
  const end = last !== undefined && last.length >= 6 ? last.subarray(-6) : Buffer.concat(parts).subarray(-6);
  return (
    end.length === 6 && end[0] === 0x5a && end.readInt32BE(1) === 5 && "ITE".includes(String.fromCharCode(end[5] ?? 0))
  );
}

function startMessage(url: URL): Buffer {
  const values = ["user", decodeURIComponent(url.username), "database", decodeURIComponent(url.pathname.slice(1))];
  const text = Buffer.from([...values, "client_encoding", "UTF8", "", ""].join("\0"));
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + text.length, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, text]);
}
