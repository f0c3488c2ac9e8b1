const widest = 200;

/** JSON to be read in a diff: what fits stands on one line, such as headers or a row. */
export function layOut(value: unknown, indent = ""): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || indent.length + line.length <= widest) return line;
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => inner + (isList ? "" : `${JSON.stringify(name)}: `) + layOut(member, inner));
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  return `${open}\n${members.join(",\n")}\n${indent}${close}`;
}
