/** The identifier, perhaps quoted, that a text begins with. */
export function firstWord(content: string): string {
  if (!content.startsWith('"')) return content.includes(" ") ? content.slice(0, content.indexOf(" ")) : content;
  for (let at = 1; at < content.length; at++) {
    if (content[at] !== '"') continue;
    if (content[at + 1] !== '"') return content.slice(0, at + 1);
    at++;
  }
  return content;
}
