import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

const block = 512;
const zeros = Buffer.alloc(65_536);

/**
 * Unpacks a tar archive of plain files and folders into a folder that only this user may enter. Throws where the
 * archive is cut off, holds anything else, or names a place outside the folder.
 */
export function unpackTar(archive: Buffer, folder: string): void {
  const made = new Set<string>();
  const makeFolder = (path: string): void => {
    if (made.has(path)) return;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    made.add(path);
  };
  const root = resolve(folder);
  makeFolder(root);
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    if (header[0] === 0) return;
    const { name, size, type } = readHeader(header);
    const path = resolve(join(root, name));
    if (path !== root && !path.startsWith(root + sep)) throw new Error(`the archive names ${name}, outside the folder`);
    const start = at + block;
    if (start + size > archive.length) throw new Error("the archive is cut off");
    if (type === "5") makeFolder(path);
    else if (type === "0") {
      makeFolder(dirname(path));
      writeSparse(path, archive.subarray(start, start + size));
    } else throw new Error(`the archive holds an entry of type ${type}`);
    at = start + Math.ceil(size / block) * block;
  }
  throw new Error("the archive has no end");
}

/** Leaves out the zeros at the end of a file, of which a fresh write-ahead log has megabytes. */
function writeSparse(path: string, content: Buffer): void {
  let end = content.length;
  while (end >= zeros.length && content.compare(zeros, 0, zeros.length, end - zeros.length, end) === 0)
    end -= zeros.length;
  const file = openSync(path, "wx", 0o600);
  try {
    for (let at = 0; at < end; ) at += writeSync(file, content, at, end - at);
    if (end < content.length) ftruncateSync(file, content.length);
  } finally {
    closeSync(file);
  }
}

function readHeader(header: Buffer): { readonly name: string; readonly size: number; readonly type: string } {
  const text = (start: number, length: number): string => {
    const field = header.subarray(start, start + length);
    const end = field.indexOf(0);
    return field.toString("utf8", 0, end < 0 ? length : end);
  };
  const prefix = text(345, 155);
  const size = Number.parseInt(text(124, 12).trim() || "0", 8);
  if (!Number.isSafeInteger(size) || size < 0) throw new Error("the archive has an entry of no size");
  const type = text(156, 1);
  return { name: prefix === "" ? text(0, 100) : `${prefix}/${text(0, 100)}`, size, type: type === "" ? "0" : type };
}
