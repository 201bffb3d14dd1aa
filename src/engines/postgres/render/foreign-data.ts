import { idParts, sqlName } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedOptions, newOptions } from "./foreign-options.ts";
import { changedComment, newComment, type Renderer } from "./renderer.ts";

/** Foreign data wrappers. */
export const foreignDataWrapperRenderer: Renderer = {
  create(object) {
    const name = `FOREIGN DATA WRAPPER ${sqlName(object.id)}`;
    const [handler, validator] = [text(object, "handler"), text(object, "validator")];
    const words = [
      `CREATE ${name}`,
      ...(handler === null ? [] : [`HANDLER ${handler}`]),
      ...(validator === null ? [] : [`VALIDATOR ${validator}`]),
    ];
    return [`${words.join(" ")}${newOptions(list(object, "options"))}`, ...newComment(name, object)];
  },
  drop: (object) => [`DROP FOREIGN DATA WRAPPER ${sqlName(object.id)}`],
  alter(from, to, changed) {
    const name = `FOREIGN DATA WRAPPER ${sqlName(to.id)}`;
    const routine = (word: "handler" | "validator"): readonly string[] => {
      if (!changed.includes(word)) return [];
      const routineName = text(to, word);
      return [routineName === null ? `NO ${word.toUpperCase()}` : `${word.toUpperCase()} ${routineName}`];
    };
    const options = changedOptions(list(from, "options"), list(to, "options"));
    const words = [...routine("handler"), ...routine("validator"), ...(options === null ? [] : [options])];
    return [...(words.length === 0 ? [] : [`ALTER ${name} ${words.join(" ")}`]), ...changedComment(name, to, changed)];
  },
};

/** Foreign servers. There is no statement that gives one another wrapper or another type. */
export const serverRenderer: Renderer = {
  create(object) {
    const name = `SERVER ${sqlName(object.id)}`;
    const [type, version] = [text(object, "type"), text(object, "version")];
    const words = [
      `CREATE ${name}`,
      ...(type === null ? [] : [`TYPE ${quoteText(type)}`]),
      ...(version === null ? [] : [`VERSION ${quoteText(version)}`]),
      `FOREIGN DATA WRAPPER ${text(object, "wrapper")}`,
    ];
    return [`${words.join(" ")}${newOptions(list(object, "options"))}`, ...newComment(name, object)];
  },
  drop: (object) => [`DROP SERVER ${sqlName(object.id)}`],
  alter(from, to, changed) {
    if (changed.includes("wrapper") || changed.includes("type")) return null;
    const name = `SERVER ${sqlName(to.id)}`;
    const version = text(to, "version");
    const options = changedOptions(list(from, "options"), list(to, "options"));
    const words = [
      ...(changed.includes("version") ? [`VERSION ${version === null ? "NULL" : quoteText(version)}`] : []),
      ...(options === null ? [] : [options]),
    ];
    return [...(words.length === 0 ? [] : [`ALTER ${name} ${words.join(" ")}`]), ...changedComment(name, to, changed)];
  },
};

/** User mappings. */
export const userMappingRenderer: Renderer = {
  create: (object) => [`CREATE ${mappingName(object)}${newOptions(list(object, "options"))}`],
  drop: (object) => [`DROP ${mappingName(object)}`],
  alter(from, to) {
    const options = changedOptions(list(from, "options"), list(to, "options"));
    return options === null ? [] : [`ALTER ${mappingName(to)} ${options}`];
  },
};

/** `USER MAPPING FOR ... SERVER ...`. */
export function mappingName(mapping: PlanObject): string {
  const [server, user] = idParts(mapping.id);
  return `USER MAPPING FOR ${user} SERVER ${server}`;
}
