import { Socket } from "node:net";
import { KeelsonError } from "../../errors.ts";
import { passwordFromFile } from "./connection/password-file.ts";
import {
  addressLabel,
  type ServerAddress,
  type ServerTarget,
  type TargetSessionAttributes,
} from "./connection/server-target.ts";
import { type TlsOptions, tlsError, tlsOptions } from "./connection/tls-settings.ts";
import { type ConnectAttempt, connectError } from "./session/connection-errors.ts";
import { loadPgClient, type PgClient } from "./session/load-pg.ts";
import { SimpleRequest } from "./session/pg-request.ts";
import type { ServerConnection } from "./session/server-connection.ts";
import { isWireError } from "./session/wire-messages.ts";

/**
 * Connects to the first server of the target that answers and fits `target_session_attrs`. As in libpq, a server that
 * can't be reached or is still starting is passed over, and one that refuses the user ends the search.
 */
export async function connectServer(
  target: ServerTarget,
  attributes: TargetSessionAttributes = target.sessionAttributes ?? "any",
): Promise<ServerConnection> {
  const addresses = target.shuffle ? shuffled(target.addresses) : target.addresses;
  if (attributes !== "prefer-standby") return await connectFirst(target, addresses, attributes);
  try {
    return await connectFirst(target, addresses, "standby");
  } catch {
    return await connectFirst(target, addresses, "any");
  }
}

async function connectFirst(
  target: ServerTarget,
  addresses: readonly ServerAddress[],
  attributes: TargetSessionAttributes,
): Promise<ServerConnection> {
  const failures: KeelsonError[] = [];
  for (const address of addresses) {
    try {
      const connection = await connectAddress(target, address);
      const misfit = attributes === "any" ? null : await attributeMisfit(connection, attributes);
      if (misfit === null) return connection;
      await connection.client.end();
      failures.push(misfit);
    } catch (error) {
      const failure = connectError(error, { target, address, encrypted: false });
      if (!passedOver.has(failure.code)) throw failure;
      failures.push(failure);
    }
  }
  const [first] = failures;
  if (failures.length === 1 && first !== undefined) throw first;
  const worst = failures.find((failure) => failure.code !== "connection.refused") ?? first;
  const reasons = failures.map((failure) => `- ${failure.message}`).join("\n");
  throw new KeelsonError(
    worst?.code ?? "connection.refused",
    `None of the ${failures.length} servers can be used:\n${reasons}`,
    {
      ...(worst?.hint === undefined ? {} : { hint: worst.hint }),
      cause: worst,
    },
  );
}

const passedOver: ReadonlySet<string> = new Set([
  "connection.refused",
  "connection.timeout",
  "connection.starting",
  "connection.lost",
]);

/** Goes through the encryption attempts of `sslmode`: `prefer` and `allow` have a second one. */
async function connectAddress(target: ServerTarget, address: ServerAddress): Promise<ServerConnection> {
  const { mode } = target.tls;
  const plain = address.host.startsWith("/") || mode === "disable";
  const attempts: readonly boolean[] = plain
    ? [false]
    : mode === "prefer"
      ? [true, false]
      : mode === "allow"
        ? [false, true]
        : [true];
  if (target.tls.channelBinding === "require" && plain) {
    throw tlsError("channel_binding=require needs an encrypted connection", "Use sslmode=require or stricter.");
  }
  let failure: KeelsonError | null = null;
  for (const encrypted of attempts) {
    try {
      return await connectOnce({ target, address, encrypted });
    } catch (error) {
      const described = connectError(error, { target, address, encrypted });
      // The first failure says more, unless it was only that the server does not encrypt.
      failure = failure === null || failure.code === "connection.tls" ? described : failure;
      if (!mayTryOtherEncryption(error, described)) break;
    }
  }
  throw failure ?? new KeelsonError("internal", "No attempt to connect was made.");
}

/** The server may refuse (`pg_hba.conf`) or lack one kind of connection and accept the other. */
function mayTryOtherEncryption(error: unknown, described: KeelsonError): boolean {
  if (described.code === "connection.tls") return true;
  return isWireError(error) && described.code === "connection.auth";
}

async function connectOnce(attempt: ConnectAttempt): Promise<ServerConnection> {
  const { target, address, encrypted } = attempt;
  const tls: TlsOptions | false = encrypted ? await tlsOptions(target.tls) : false;
  const directTls = encrypted && target.tls.direct;
  const client = makeClient(attempt, tls);
  const parameters = new Map<string, string>();
  client.connection.on(
    "parameterStatus",
    (message: { readonly parameterName: string; readonly parameterValue: string }) => {
      parameters.set(message.parameterName, message.parameterValue);
    },
  );
  // A client whose connection breaks raises `error`; unheard, that would end the process.
  client.on("error", () => undefined);
  if (target.tls.channelBinding === "require") requireChannelBinding(client);
  try {
    await client.connect();
  } catch (error) {
    client.connection.stream.destroy();
    throw error;
  }
  return { client, address, tls, directTls, parameters, database: target.database, user: target.user };
}

function makeClient({ target, address, encrypted }: ConnectAttempt, tls: TlsOptions | false): PgClient {
  const Client = loadPgClient();
  const client = new Client({
    host: address.host,
    port: address.port,
    user: target.user,
    database: target.database,
    password: () => password(target, address),
    ssl: tls,
    ...(encrypted ? { sslnegotiation: target.tls.direct ? ("direct" as const) : ("postgres" as const) } : {}),
    enableChannelBinding: encrypted && target.tls.channelBinding === "require",
    keepAlive: true,
    connectionTimeoutMillis: target.connectTimeoutMs,
    ...(address.hostAddress === null ? {} : { stream: () => socketTo(address.hostAddress ?? address.host) }),
  });
  // pg would take what is left out from the process's own environment; the target has weighed that already.
  client.getStartupConf = () => ({
    user: target.user,
    database: target.database,
    application_name: target.applicationName,
    ...(target.options === null ? {} : { options: target.options }),
  });
  return client;
}

async function password(target: ServerTarget, address: ServerAddress): Promise<string> {
  const found =
    target.password ??
    (target.passwordFile === null
      ? null
      : await passwordFromFile(target.passwordFile, { address, database: target.database, user: target.user }));
  if (found !== null) return found;
  throw new KeelsonError(
    "connection.auth",
    `The server at ${addressLabel(address)} asks for the password of user "${target.user}", and none was given.`,
    { hint: "Put it into the URL, PGPASSWORD, DATABASE_PASSWORD_FILE or ~/.pgpass (mode 0600)." },
  );
}

/** A socket that goes to an address without asking for the name that the certificate is checked against. */
function socketTo(hostAddress: string): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  socket.connect = ((port: number) => connect(port, hostAddress)) as typeof socket.connect;
  return socket;
}

function requireChannelBinding(client: PgClient): void {
  let bound = false;
  const refuse = (): void => {
    client.connection.stream.destroy();
    client.connection.emit("error", tlsError("the server offers no channel binding", "Use channel_binding=prefer."));
  };
  client.connection.prependListener("authenticationSASL", (message: { readonly mechanisms: readonly string[] }) => {
    bound = message.mechanisms.includes("SCRAM-SHA-256-PLUS");
    if (!bound) refuse();
  });
  client.connection.on("authenticationCleartextPassword", refuse);
  client.connection.on("authenticationMD5Password", refuse);
  client.connection.on("authenticationOk", () => {
    if (!bound) refuse();
  });
}

async function attributeMisfit(
  connection: ServerConnection,
  attributes: TargetSessionAttributes,
): Promise<KeelsonError | null> {
  const standby = await parameterOrAsk(connection, "in_hot_standby", "SELECT pg_catalog.pg_is_in_recovery()");
  const readOnlyDefault = await parameterOrAsk(
    connection,
    "default_transaction_read_only",
    "SELECT pg_catalog.current_setting('transaction_read_only') = 'on'",
  );
  const readOnly = standby || readOnlyDefault;
  const fits =
    attributes === "read-write"
      ? !readOnly
      : attributes === "read-only"
        ? readOnly
        : attributes === "primary"
          ? !standby
          : standby;
  if (fits) return null;
  const where = addressLabel(connection.address);
  const is = standby
    ? "a standby"
    : readOnly
      ? "read-only (default_transaction_read_only)"
      : "the primary, which accepts writes";
  return new KeelsonError("connection.read-only", `The server at ${where} is ${is}; ${attributes} is wanted.`, {
    hint: "Name the right server, list all servers of the cluster as hosts, or change target_session_attrs.",
    details: { server: where },
  });
}

/** Servers report these by themselves; poolers may not. */
async function parameterOrAsk(connection: ServerConnection, name: string, sql: string): Promise<boolean> {
  const reported = connection.parameters.get(name);
  if (reported !== undefined) return reported === "on";
  return await new Promise<boolean>((resolve, reject) => {
    const request: SimpleRequest = new SimpleRequest(sql, (error) => {
      if (error !== null) reject(error);
      else resolve(Object.values(request.reader.results[0]?.rows[0] ?? {})[0] === true);
    });
    connection.client.query(request);
  });
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
