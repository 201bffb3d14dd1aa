import { randomBytes } from "node:crypto";

/** Returns the given number of random bytes; handed in where tests need the same ids every time. */
export type RandomSource = (bytes: number) => Uint8Array;

function hexId(bytes: number, random: RandomSource): string {
  return Buffer.from(random(bytes)).toString("hex");
}

/** A new revision id: 12 random hex digits, of which at least one is a letter, so that it never reads as a number. */
export function newRevisionId(random: RandomSource = randomBytes): string {
  for (;;) {
    const id = hexId(6, random);
    // An id of digits alone could be taken for a version number or for a step count such as `+2`.
    if (/[a-f]/.test(id)) return id;
  }
}

/** A new id of one run of a verb: 16 random hex digits. */
export function newRunId(random: RandomSource = randomBytes): string {
  return hexId(8, random);
}
