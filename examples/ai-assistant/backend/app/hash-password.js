/** Prints the hash of the password that comes on standard input. Called by scripts/hash_password. */
import { text } from "node:stream/consumers";
import { hashPassword } from "./passwords.js";

const password = (await text(process.stdin)).replace(/\r?\n$/, "");
if (password === "") {
  console.error("scripts/hash_password: no password came on standard input.");
  process.exitCode = 1;
} else {
  console.log(await hashPassword(password));
}
