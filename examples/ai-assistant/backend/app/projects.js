import { Refusal } from "./refusal.js";

const columns = ["user_id", "id", "name", "description", "assistant_id", "created_at", "updated_at"]
  .map((name) => `projects.${name}`)
  .join(", ");
const mostRows = 1000;
const highest = 2 ** 31 - 1;
const foreignKeyViolation = "23503";

/** GET /api/projects: the person's own projects, newest first; ?limit= and ?offset= take a part of them. */
export async function listProjects({ pool, person, query }) {
  const limit = readCount(query, "limit", { fallback: 100, most: mostRows });
  const offset = readCount(query, "offset", { fallback: 0, most: highest });
  const { rows } = await pool.query(
    `SELECT ${columns} FROM projects WHERE projects.user_id = $1
     ORDER BY projects.created_at DESC, projects.id DESC LIMIT $2 OFFSET $3`,
    [person.id, limit, offset],
  );
  return { status: 200, body: rows };
}

/** POST /api/projects: a new project that belongs to whoever asks. */
export async function createProject({ pool, person, body, type }) {
  if (type !== "application/json") throw new Refusal(400, "Send the project as application/json.");
  const { name, description, assistantId } = readProject(body);
  try {
    const { rows } = await pool.query(
      `INSERT INTO projects (user_id, name, description, assistant_id) VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
      [person.id, name, description, assistantId],
    );
    return { status: 201, body: rows[0] };
  } catch (error) {
    if (error.code !== foreignKeyViolation || assistantId === null) throw error;
    throw new Refusal(400, `assistant_id: there is no assistant ${assistantId}.`);
  }
}

function readProject(body) {
  const given = parse(body);
  const unknown = Object.keys(given).find((key) => !["name", "description", "assistant_id"].includes(key));
  if (unknown !== undefined) throw new Refusal(400, "A project has name, description and assistant_id, nothing else.");
  const { name, description = "", assistant_id: assistantId = null } = given;
  checkText("name", name, 200);
  if (name.trim() === "") throw new Refusal(400, "name must not be empty.");
  checkText("description", description, 10_000);
  if (assistantId !== null && !(Number.isInteger(assistantId) && assistantId >= 1 && assistantId <= highest)) {
    throw new Refusal(400, "assistant_id must be the number of an assistant, or null.");
  }
  return { name, description, assistantId };
}

function parse(body) {
  let given;
  try {
    given = JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal(400, "The body is no JSON.");
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Refusal(400, "The body must be a JSON object.");
  }
  return given;
}

function checkText(key, value, most) {
  if (typeof value !== "string") throw new Refusal(400, `${key} must be a text.`);
  if (value.length > most) throw new Refusal(400, `${key} may have ${most} characters.`);
  // PostgreSQL keeps no such character in a text.
  if (value.includes("\0")) throw new Refusal(400, `${key} must not have a character with the code 0.`);
}

function readCount(query, key, { fallback, most }) {
  const text = query.get(key);
  if (text === null) return fallback;
  const count = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (count <= most) return count;
  throw new Refusal(400, `${key} must be a number from 0 to ${most}.`);
}
