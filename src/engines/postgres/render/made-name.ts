const longest = 63;
const encoder = new TextEncoder();

/**
 * The name that the server makes of the names of a table and a column and of a label, as it does for the sequence of an
 * identity column: the longer of the two gives way until all fit, at a character's end (`makeObjectName` in `indexcmds.c`).
 */
export function madeName(table: string, column: string, label: string): string {
  const room = longest - encoder.encode(label).length - 2;
  let [first, second] = [encoder.encode(table).length, encoder.encode(column).length];
  while (first + second > room) {
    if (first > second) first--;
    else second--;
  }
  return `${clip(table, first)}_${clip(column, second)}_${label}`;
}

/** As many whole characters as fit into so many bytes. */
function clip(text: string, bytes: number): string {
  let kept = "";
  let length = 0;
  for (const char of text) {
    length += encoder.encode(char).length;
    if (length > bytes) break;
    kept += char;
  }
  return kept;
}
