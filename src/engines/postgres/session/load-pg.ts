import type { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import type { TlsOptions } from "../connection/tls-settings.ts";
import type { WireField } from "./wire-messages.ts";

/** The part of pg's connection that is used: the protocol's messages, one method or event each. */
export interface PgConnection extends EventEmitter {
  readonly stream: Socket;
  query(text: string): void;
  parse(statement: { readonly text: string; readonly name?: string }): void;
  bind(values: { readonly values: readonly (string | null)[] }): void;
  describe(target: { readonly type: "P" | "S"; readonly name?: string }): void;
  execute(target: { readonly portal?: string; readonly rows?: number }): void;
  sync(): void;
  sendCopyFail(reason: string): void;
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/** A request of our own that pg's client sends and feeds with the answer. */
export interface PgRequest {
  submit(connection: PgConnection): Error | null;
  handleRowDescription(message: { readonly fields: readonly WireField[] }): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handleCommandComplete(message: { readonly text: string }): void;
  handleEmptyQuery(): void;
  handlePortalSuspended(): void;
  handleCopyInResponse(connection: PgConnection): void;
  handleCopyData(): void;
  handleError(error: unknown): void;
  handleReadyForQuery(): void;
}

/** The part of pg's client that is used. */
export interface PgClient extends EventEmitter {
  readonly connection: PgConnection;
  readonly processID: number | null;
  readonly secretKey: number | null;
  getStartupConf(): Readonly<Record<string, string>>;
  connect(): Promise<unknown>;
  query(request: PgRequest): unknown;
  end(): Promise<void>;
}

/** What a client is made of here. */
export interface PgClientOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Called when the server asks for a password. */
  readonly password: () => Promise<string>;
  readonly ssl: TlsOptions | false;
  readonly sslnegotiation?: "postgres" | "direct";
  readonly enableChannelBinding: boolean;
  readonly keepAlive: boolean;
  readonly connectionTimeoutMillis: number;
  readonly stream?: () => Socket;
}

type ConnectionOptions = { readonly ssl: TlsOptions | false; readonly sslNegotiation?: "postgres" | "direct" };

const require = createRequire(import.meta.url);

/** pg's client class; loading it, rather than the whole package, spares the pool and the native bindings. */
export function loadPgClient(): new (options: PgClientOptions) => PgClient {
  return withNavigator(() => require("pg/lib/client"));
}

/** pg's connection class, for requests that are not queries. */
export function loadPgConnection(): new (options: ConnectionOptions) => PgConnection {
  return withNavigator(() => require("pg/lib/connection"));
}

/**
 * Loading pg asks which runtime it is in: by `navigator`, or, where there is none (Node 20), by making a `Response`,
 * which loads Node's whole HTTP client: 20 ms of each start.
 */
function withNavigator<Result>(load: () => Result): Result {
  if ("navigator" in globalThis) return load();
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Node.js" }, configurable: true });
  try {
    return load();
  } finally {
    Reflect.deleteProperty(globalThis, "navigator");
  }
}
