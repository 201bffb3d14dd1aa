import { startProgram } from "../../support/run-keelson.ts";
import type { Checkout } from "../checkout.ts";
import type { Person } from "./system-from-before.ts";

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The API of the example, running. */
export interface Api {
  /** The access token that logging in gives; fails where it gives none. */
  logIn(person: Person): Promise<string>;
  get(path: string, token?: string): Promise<Answer>;
  post(path: string, token: string, body: unknown): Promise<Answer>;
  /** A request as it is. */
  ask(path: string, request: RequestInit): Promise<Answer>;
  /** All that it has printed. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts the API of a checkout on this database, on a port of its own. */
export async function startApi(checkout: Checkout, database: string): Promise<Api> {
  const env = { PORT: "0", DATABASE_URL: database, SECRET_KEY: "a secret that only the tests know of" };
  const run = startProgram(process.execPath, ["app/main.js"], { cwd: checkout.path("backend"), env });
  let log = "";
  for (const stream of [run.process.stdout, run.process.stderr]) {
    stream?.on("data", (text: string) => {
      log += text;
    });
  }
  const [, address = ""] = await run.output(/Listening on (http:\S+)/);
  const ask = async (path: string, request: RequestInit): Promise<Answer> => {
    const response = await fetch(`${address}${path}`, request);
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    ask,
    logIn: async (person) => {
      const { status, body } = await ask("/api/auth/login", {
        method: "POST",
        body: new URLSearchParams({ ...person }),
      });
      if (status !== 200) throw new Error(`${person.username} can't log in: ${JSON.stringify(body)}`);
      return (body as { readonly access_token: string }).access_token;
    },
    get: (path, token) => ask(path, token === undefined ? {} : { headers: bearer(token) }),
    post: (path, token, body) =>
      ask(path, {
        method: "POST",
        headers: { ...bearer(token), "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    log: () => log,
    stop: async () => {
      run.kill("SIGTERM");
      await run.done;
    },
  };
}
