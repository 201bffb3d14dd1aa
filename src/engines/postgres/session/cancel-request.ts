import { loadPgConnection } from "./load-pg.ts";
import type { ServerConnection } from "./server-connection.ts";

const limitMs = 5000;

/**
 * Asks the server, or the pooler before it, to stop what the connection is running: over a connection of its own, by
 * the protocol's cancel request, encrypted where the connection is. Never fails: the statement ends by itself at worst.
 */
export async function sendCancelRequest(target: ServerConnection): Promise<void> {
  const { client, address, tls, directTls } = target;
  const { processID, secretKey } = client;
  if (processID === null || secretKey === null) return;
  const Connection = loadPgConnection();
  const connection = new Connection({ ssl: tls, ...(directTls ? { sslNegotiation: "direct" as const } : {}) });
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      connection.stream.destroy();
      resolve();
    };
    const timer = setTimeout(done, limitMs);
    const send = (): void => connection.cancel(processID, secretKey);
    connection.on("error", done);
    connection.on("end", done);
    connection.on("connect", () => {
      if (tls === false) send();
      else if (!directTls) connection.requestSsl();
    });
    connection.on("sslconnect", send);
    const { host, hostAddress, port } = address;
    if (host.startsWith("/")) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, hostAddress ?? host);
  });
}
