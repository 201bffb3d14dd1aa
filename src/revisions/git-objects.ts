import { spawn } from "node:child_process";
import { KeelsonError } from "../errors.ts";

/** Where git is asked, and for which ref, for messages. */
export interface GitPlace {
  readonly cwd: string;
  readonly ref: string;
}

/** What a git command prints; `usage.invalid` when it fails or git is not there. */
export async function gitOutput(place: GitPlace, args: readonly string[], input = ""): Promise<Buffer> {
  const child = spawn("git", [...args], { cwd: place.cwd, windowsHide: true });
  const output: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  // A program that ends without reading its input breaks the pipe; how it ended is what counts.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const failure = await new Promise<string | null>((done) => {
    child.once("error", (error) =>
      done("code" in error && error.code === "ENOENT" ? "git is not installed" : error.message),
    );
    child.once("close", (code) => done(code === 0 ? null : Buffer.concat(complaints).toString().trim()));
  });
  if (failure !== null) throw gitFailed(place, failure);
  return Buffer.concat(output);
}

/** The contents of blobs by object id, read by one git process. */
export async function readBlobs(place: GitPlace, objects: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  if (objects.length === 0) return blobs;
  const output = await gitOutput(place, ["cat-file", "--batch"], `${objects.join("\n")}\n`);
  let at = 0;
  for (const object of objects) {
    const end = output.indexOf(10, at);
    const size = Number(output.toString("latin1", at, end).split(" ")[2]);
    if (end < 0 || !Number.isInteger(size)) throw gitFailed(place, `the object ${object} is missing`);
    blobs.set(object, output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return blobs;
}

function gitFailed({ ref, cwd }: GitPlace, reason: string): KeelsonError {
  const [first = ""] = reason.split("\n");
  const isNoRepository = first.includes("not a git repository");
  const what = isNoRepository ? `${cwd} is in no git repository` : first === "" ? `git knows no ${ref}` : first;
  return new KeelsonError("usage.invalid", `The revisions at ${ref} can't be read from git: ${what}.`, {
    hint: isNoRepository
      ? "Run this in a clone of the project."
      : `Is ${ref} known in this clone? A pipeline may have to fetch it first, for example: git fetch origin main`,
    details: { ref },
  });
}
