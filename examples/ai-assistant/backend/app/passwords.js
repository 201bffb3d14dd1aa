import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(scrypt);
const cost = { N: 2 ** 15, r: 8, p: 3 };
const length = 32;

/** A password as users.password_hash keeps it: scrypt with a salt of its own. */
export async function hashPassword(password) {
  const salt = randomBytes(16);
  const key = await derive(password.normalize("NFKC"), salt, length, options(cost));
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Whether this is the password of that hash. A hash of another kind fits no password. */
export async function isPassword(password, hash) {
  const [kind, N, r, p, salt, key] = hash.split("$");
  if (kind !== "scrypt" || key === undefined) return false;
  const expected = Buffer.from(key, "base64url");
  const numbers = { N: Number(N), r: Number(r), p: Number(p) };
  try {
    const found = await derive(
      password.normalize("NFKC"),
      Buffer.from(salt, "base64url"),
      expected.length,
      options(numbers),
    );
    return expected.length >= 16 && timingSafeEqual(found, expected);
  } catch {
    // Numbers that scrypt can't work with: somebody wrote the hash by hand.
    return false;
  }
}

/** A hash that fits no password, so that an unknown name takes as long as a wrong password. */
export const nobodysHash = `scrypt$${cost.N}$${cost.r}$${cost.p}$${randomBytes(16).toString("base64url")}$${randomBytes(length).toString("base64url")}`;

function options({ N, r, p }) {
  return { N, r, p, maxmem: 256 * N * r };
}
