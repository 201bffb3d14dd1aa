import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { KeelsonError } from "../../src/errors.ts";
import { waitForUrl } from "../../src/platform/wait-for.ts";
import { selfSigned } from "./self-signed.ts";

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

async function failure(promise: Promise<unknown>): Promise<KeelsonError> {
  return await promise.then(
    () => Promise.reject(new Error("nothing was thrown")),
    (error: KeelsonError) => error,
  );
}

describe("waitForUrl", () => {
  it("returns as soon as the address answers 2xx, and tells what it saw before", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(requests < 3 ? 503 : 204).end();
    });
    const seen: string[] = [];
    const waited = await waitForUrl({
      url,
      timeoutMs: 5000,
      everyMs: 20,
      onWait: (ms, what) => seen.push(`${typeof ms} ${what}`),
    });
    expect(seen).toEqual(["number HTTP 503", "number HTTP 503"]);
    expect(waited).toBeGreaterThanOrEqual(40);
  });

  it("takes no redirect for health", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/login") response.end("please log in");
      else response.writeHead(302, { location: "/login" }).end();
    });
    expect(await failure(waitForUrl({ url, timeoutMs: 50, everyMs: 20 }))).toMatchObject({
      details: { seen: "HTTP 302" },
    });
  });

  it("says what was last seen where nothing listens", async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(waitForUrl({ url: `http://127.0.0.1:${port}/health`, timeoutMs: 100, everyMs: 30 }));
    expect(error).toMatchObject({ code: "wait.timeout", details: { seen: "connection refused" } });
    expect(error.message).toContain(`http://127.0.0.1:${port}/health did not become healthy within 100 ms`);
  });

  it("gives up on an answer that never comes", async () => {
    const url = await serve(() => undefined);
    const error = await failure(waitForUrl({ url, timeoutMs: 100, everyMs: 30 }));
    expect(error).toMatchObject({ code: "wait.timeout", details: { seen: "no answer within 1 s" } });
  });

  it("explains a self-signed certificate at once", async () => {
    const port = await listen(createTlsServer(selfSigned, (_, response) => response.end()));
    const started = performance.now();
    const error = await failure(waitForUrl({ url: `https://localhost:${port}/`, timeoutMs: 20_000 }));
    expect(performance.now() - started).toBeLessThan(5000);
    expect(error).toMatchObject({ code: "connection.tls", hint: expect.stringContaining("NODE_EXTRA_CA_CERTS") });
    expect(error.message).toContain("self-signed");
  });

  it("sends the address's credentials and shows neither them nor its query", async () => {
    const received: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      received.push(request.headers.authorization);
      response.writeHead(401).end();
    });
    const secret = url.replace("http://", "http://user:s3cret-canary@");
    const error = await failure(waitForUrl({ url: `${secret}/h?token=s3cret-canary`, timeoutMs: 1, everyMs: 1 }));
    expect(received[0]).toBe(`Basic ${Buffer.from("user:s3cret-canary").toString("base64")}`);
    expect(JSON.stringify([error.message, error.hint, error.details])).not.toContain("s3cret-canary");
  });

  it("stops when told", async () => {
    const url = await serve((_, response) => response.writeHead(500).end());
    const controller = new AbortController();
    const waiting = waitForUrl({ url, timeoutMs: 20_000, signal: controller.signal, onWait: () => controller.abort() });
    expect(await failure(waiting)).toMatchObject({ code: "run.interrupted" });
  });

  it.each(["localhost:8000", "ftp://host/", "", "postgres://host/db"])("refuses the address %j", async (url) => {
    expect(await failure(waitForUrl({ url, timeoutMs: 10 }))).toMatchObject({ code: "usage.invalid" });
  });
});
