import { logIn, whoAsks } from "./log-in.js";
import { createProject, listProjects } from "./projects.js";
import { Refusal } from "./refusal.js";

/** Who may ask what: a route that needs a person gets the person. */
const routes = {
  "POST /api/auth/login": { open: true, answer: logIn },
  "GET /api/projects": { answer: listProjects },
  "POST /api/projects": { answer: createProject },
  "GET /api/health": { open: true, answer: health },
};

const mostBytes = 64 * 1024;

/** Answers one request, whatever it is, and writes one line about it: never what was in it. */
export async function answerRequest({ pool, secret }, request, response) {
  const started = performance.now();
  const url = readUrl(request.url);
  const path = url?.pathname ?? "?";
  let failure = "";
  let reply;
  try {
    if (url === null) throw new Refusal(400, "That is no address.");
    const route = findRoute(request.method, path);
    const asked = { pool, secret, query: url.searchParams, body: await readBody(request), type: contentType(request) };
    const person = route.open === true ? null : await whoAsks(asked, request.headers.authorization);
    reply = await route.answer({ ...asked, person });
  } catch (error) {
    reply = replyTo(error);
    if (!(error instanceof Refusal)) failure = `  ${describe(error)}`;
  }
  send(response, reply);
  const line = `${request.method} ${path} ${reply.status} ${Math.round(performance.now() - started)} ms${failure}`;
  if (failure === "") console.log(line);
  else console.error(line);
}

function readUrl(text) {
  return URL.canParse(text, "http://localhost") ? new URL(text, "http://localhost") : null;
}

function findRoute(method, path) {
  const route = Object.hasOwn(routes, `${method} ${path}`) ? routes[`${method} ${path}`] : undefined;
  if (route !== undefined) return route;
  const others = Object.keys(routes).filter((name) => name.endsWith(` ${path}`));
  if (others.length === 0) throw new Refusal(404, "There is nothing here.");
  throw new Refusal(405, "Not in this way.", { allow: others.map((name) => name.split(" ")[0]).join(", ") });
}

async function readBody(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    // The rest is read and thrown away, so that the answer reaches whoever is still sending.
    if (size <= mostBytes) parts.push(part);
  }
  if (size > mostBytes) throw new Refusal(413, `The body may have ${mostBytes} bytes.`);
  return Buffer.concat(parts);
}

function contentType(request) {
  return (request.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
}

async function health({ pool }) {
  await pool.query("SELECT 1");
  return { status: 200, body: { status: "ok" } };
}

/** What the database says stays in the log: it may name what is nobody's business. */
function replyTo(error) {
  if (error instanceof Refusal)
    return { status: error.status, body: { detail: error.message }, headers: error.headers };
  return { status: 500, body: { detail: "Something went wrong here; the log of the server has more." } };
}

const undefinedThings = new Set(["42P01", "42703"]);

function describe(error) {
  const hint = undefinedThings.has(error.code) ? " (is a revision pending? npx keelson status)" : "";
  return `${error.message}${hint}`;
}

function send(response, { status, body, headers = {} }) {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(`${JSON.stringify(body)}\n`);
}
