import { createHmac, timingSafeEqual } from "node:crypto";

const header = encode({ alg: "HS256", typ: "JWT" });

/** A signed token that says whose it is and until when; whoever holds the secret can tell that nobody changed it. */
export function signToken(claims, secret) {
  const text = `${header}.${encode(claims)}`;
  return `${text}.${sign(text, secret)}`;
}

/** What a token says, or null where it is none of ours, was changed, or has ended. */
export function readToken(token, secret, now = Date.now()) {
  const parts = token.split(".");
  if (parts.length !== 3 || parts[0] !== header) return null;
  const given = Buffer.from(parts[2]);
  const right = Buffer.from(sign(`${parts[0]}.${parts[1]}`, secret));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const claims = JSON.parse(Buffer.from(parts[1], "base64url").toString("utf8"));
  return claims.exp * 1000 > now ? claims : null;
}

function sign(text, secret) {
  return createHmac("sha256", secret).update(text).digest("base64url");
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
