import type { ServerAddress } from "../connection/server-target.ts";
import type { TlsOptions } from "../connection/tls-settings.ts";
import type { PgClient } from "./load-pg.ts";

/** A connected client with what was learnt while connecting. */
export interface ServerConnection {
  readonly client: PgClient;
  readonly address: ServerAddress;
  readonly tls: TlsOptions | false;
  readonly directTls: boolean;
  /** What the server reported of itself: `server_version`, `in_hot_standby`, ... */
  readonly parameters: ReadonlyMap<string, string>;
  readonly database: string;
  readonly user: string;
}
