import { isPassword, nobodysHash } from "./passwords.js";
import { Refusal } from "./refusal.js";
import { readToken, signToken } from "./tokens.js";

const sessionHours = 8;

/** POST /api/auth/login: a form with username and password, answered with an access token. */
export async function logIn({ pool, secret, body, type }) {
  if (type !== "application/x-www-form-urlencoded") {
    throw new Refusal(400, "Send the form fields username and password (application/x-www-form-urlencoded).");
  }
  const form = new URLSearchParams(body.toString("utf8"));
  const [username, password] = [field(form, "username"), field(form, "password")];
  const { rows } = await pool.query(
    "SELECT id, password_hash, status = 'active' AND is_active AS may_enter FROM users WHERE username = $1",
    [username],
  );
  const user = rows[0];
  // Checked for an unknown name as well: the time that it takes must not tell which names there are.
  const fits = await isPassword(password, user?.password_hash ?? nobodysHash);
  if (user === undefined || !fits || !user.may_enter) throw unauthorized("The username or the password is wrong.");
  const session = await pool.query(
    `WITH entered AS (UPDATE users SET last_login_at = now() WHERE id = $1)
     INSERT INTO user_sessions (user_id, expires_at) VALUES ($1, now() + make_interval(hours => $2))
     RETURNING id, extract(epoch FROM expires_at)::integer AS ends`,
    [user.id, sessionHours],
  );
  const { id, ends } = session.rows[0];
  const token = signToken({ sub: String(user.id), sid: id, exp: ends }, secret);
  return { status: 200, body: { access_token: token, token_type: "bearer", expires_in: sessionHours * 3600 } };
}

/** The person whose token comes with a request; refuses where there is none, or one that no longer counts. */
export async function whoAsks({ pool, secret }, authorization = "") {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
  const claims = token === undefined ? null : readToken(token, secret);
  if (claims === null) throw unauthorized("Log in first: send the header Authorization: Bearer <access_token>.");
  const { rows } = await pool.query(
    `SELECT users.id FROM users JOIN user_sessions ON user_sessions.user_id = users.id
     WHERE user_sessions.id = $1 AND users.id = $2 AND expires_at > now() AND revoked_at IS NULL
       AND status = 'active' AND is_active`,
    [claims.sid, Number(claims.sub)],
  );
  if (rows.length === 0) throw unauthorized("This session has ended. Log in again.");
  return rows[0];
}

function field(form, name) {
  const values = form.getAll(name);
  if (values.length !== 1 || values[0] === "") throw new Refusal(400, `The form must have one field ${name}.`);
  // PostgreSQL keeps no such character in a text.
  if (values[0].includes("\0") || values[0].length > 1000) throw new Refusal(400, `The field ${name} is not usable.`);
  return values[0];
}

function unauthorized(reason) {
  return new Refusal(401, reason, { "www-authenticate": "Bearer" });
}
