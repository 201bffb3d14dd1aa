import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../platform/atomic-file.ts";
import { sha256Hex } from "../platform/hash.ts";
import { keepOutOfGit } from "../platform/keep-out-of-git.ts";

/**
 * Whether a message was not told in this checkout before; it counts as told from then on. Where nothing can be written,
 * everything stays news.
 */
export async function isNews(folder: string, message: string): Promise<boolean> {
  const file = join(folder, "told.json");
  const told = await readTold(file);
  const mark = sha256Hex(message).slice(0, 16);
  if (told.includes(mark)) return false;
  try {
    await keepOutOfGit(folder);
    await writeFileAtomic(file, JSON.stringify([...told, mark].slice(-100)));
  } catch {
    // It is told again, and nothing else.
  }
  return true;
}

async function readTold(file: string): Promise<readonly string[]> {
  try {
    const found: unknown = JSON.parse(await readFile(file, "utf8"));
    return Array.isArray(found) ? found.filter((mark): mark is string => typeof mark === "string") : [];
  } catch {
    return [];
  }
}
