import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configFileNames } from "../../src/config/config-file.ts";
import { configShape, environmentShape } from "../../src/config/config-shape.ts";
import { loadSettings } from "../../src/config/load-settings.ts";
import { fileVariables, plainVariables } from "../../src/config/variables.ts";
import { projectFolder } from "./project-folder.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/reference/configuration.md"), "utf8");
const guide = readFileSync(join(root, "docs/guides/configuration.md"), "utf8");

/** The rows of a section's tables whose first cell is code, as the code. */
function documented(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name = ""]) => name);
}

function keysOf(shape: Readonly<Record<string, object>>, prefix = ""): readonly string[] {
  return Object.entries(shape).flatMap(([key, check]) => {
    const path = `${prefix}${key}`;
    if (!("shape" in check)) return [path];
    return [path, ...keysOf(check.shape as Readonly<Record<string, object>>, `${path}.`)];
  });
}

describe("the configuration's reference page", () => {
  it("lists exactly the accepted keys", () => {
    expect(documented("Keys").toSorted()).toEqual(keysOf(configShape).toSorted());
  });

  it("lists exactly the accepted keys of an environment", () => {
    expect(documented("Keys of an environment").toSorted()).toEqual(Object.keys(environmentShape).toSorted());
  });

  it("lists exactly the variables that are read", () => {
    const read = new Set<string>([...fileVariables.flatMap((name) => [name, `${name}_FILE`]), ...plainVariables]);
    for (const name of readdirSync(join(root, "src/config"))) {
      const source = readFileSync(join(root, "src/config", name), "utf8");
      for (const [, variable = ""] of source.matchAll(/\b([A-Z][A-Z_]*[A-Z])(?:: \w+ }|: \w+,| }|"\])/g))
        read.add(variable);
    }
    expect(documented("Variables").toSorted()).toEqual([...read].toSorted());
  });

  it("lists exactly the files that are looked for", () => {
    expect(documented("Files").filter((name) => !name.startsWith(".env"))).toEqual([...configFileNames]);
  });
});

describe("the configurations shown in the documentation", () => {
  const examples = [...`${page}\n${guide}`.matchAll(/^```(ts|json)\n(.*?)^```/gms)];

  it("are there", () => {
    expect(examples.length).toBeGreaterThan(2);
  });

  it.each(examples.map(([, language = "", text = ""]) => ({ language, text })))(
    "work: $text",
    async ({ language, text }) => {
      const cwd = projectFolder({ [`keelson.config.${language}`]: text });
      const settings = await loadSettings(
        { cwd },
        { APP_DATABASE: "postgres://h/db", STAGING_URL: "postgres://s/db", PRODUCTION_URL: "postgres://p/db" },
      );
      expect(settings.configFile).not.toBeNull();
    },
  );
});
