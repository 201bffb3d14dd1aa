import { describe, expect, test } from "vitest";
import { canonicalText, codeChecksumText } from "./canonical-text.ts";
import { parseCodeText } from "./code-text.ts";
import { printHeader } from "./header.ts";

const header = {
  id: "0a1b2c3d4e5f",
  parents: ["aaaaaaaaaaaa"],
  dependsOn: ["billing"],
  labels: ["accounts"],
  message: "add users",
  created: "2026-11-21T09:30:00Z",
  transaction: "none",
} as const;

describe("a revision file written as code", () => {
  test("begins with the block of comments that is its header; what is printed is read back", () => {
    const text = `${printHeader(header, "//")}// reversible: no\n// proof: kept\n// any other comment\nimport "x";\n// id: not a header's\n`;
    const parsed = parseCodeText(text, "a.ts");
    expect(parsed?.header).toMatchObject({ ...header, reversible: false, proof: ["// proof: kept"] });
    expect(parsed?.code).toBe('import "x";\n// id: not a header\'s\n');
    expect(parseCodeText("// keelson\n// id: a", "a.ts")).toMatchObject({ header: { id: "a", parents: [] }, code: "" });
  });

  test("can be reverted unless its header says otherwise", () => {
    expect(parseCodeText("// keelson\n// id: a\n", "a.ts")?.header).not.toHaveProperty("reversible");
    expect(parseCodeText("// keelson\n// id: a\n// reversible: yes\n", "a.ts")?.header).not.toHaveProperty(
      "reversible",
    );
  });

  test.each(["export {};", "// a note\nexport {};", "#!/usr/bin/env node\n", "", "/* keelson */", "// keelsons\n"])(
    "without a header is none: %j",
    (text) => {
      expect(parseCodeText(text, "a.ts")).toBeNull();
    },
  );

  test.each([
    ["// Keelson\n// id: a\n", 1, "almost"],
    ["//keelson\n// id: a\n", 1, "almost"],
    [" // keelson\n// id: a\n", 1, "almost"],
    ['import "x";\n\n// keelson\n// id: a\n', 3, "begins on line 3"],
    ["// keelson\n// parents: a\n", 1, "no id"],
    ["// keelson\n// id: a\n// id: b\n", 3, "twice"],
    ["// keelson\n// id: a\n// lables: x\n", 3, "lables"],
    ["// keelson\n// id: a\n// reversible: maybe\n", 3, "reversible"],
    ["// keelson\n// id: a\n\n// labels: x\nexport {};\n", 4, 'The line "labels" stands below the header'],
    ["// keelson\n// id: head\n", 2, "can't be an id"],
  ])("is refused: %j", (text, line, problem) => {
    expect(() => parseCodeText(text, "a.ts")).toThrowError(
      expect.objectContaining({
        code: "history.invalid-file",
        message: expect.stringMatching(new RegExp(`^a\\.ts:${line}: .*${problem}`)),
      }),
    );
  });

  test("has a checksum of its place and its code, and of nothing else", () => {
    const checksum = (text: string): string => {
      const parsed = parseCodeText(canonicalText(text), "a.ts");
      return parsed === null ? "" : codeChecksumText(parsed);
    };
    const base = "// keelson\n// id: a\n// parents: b\n// message: m\n\nexport {};\n";
    const same = [
      base.replaceAll("\n", "\r\n"),
      `\u{feff}${base}`,
      base.replace("message: m", "message: n"),
      base.replace("// message: m", "// labels: l\n// created: 2026-11-21T09:30:00Z\n// proof: x"),
      base.replace("\n\nexport", "\n\n\n\nexport"),
    ];
    for (const text of same) expect(checksum(text)).toBe(checksum(base));
    const other = [
      base.replace("id: a", "id: c"),
      base.replace("parents: b", "parents: c"),
      base.replace("// message: m", "// transaction: none"),
      base.replace("// message: m", "// depends-on: x"),
      base.replace("export {}", "export { }"),
    ];
    for (const text of other) expect(checksum(text)).not.toBe(checksum(base));
  });
});
