/** A requirement that a title names, and the result: it is met, or (`[ASVS 7.4.1: cannot]`) it is shown not to be. */
export type NamedRequirement = { readonly id: string; readonly says: "met" | "cannot" };

/**
 * A bracketed text that begins like one of the catalogue's documents. A test checks elsewhere that the catalogue has
 * it.
 */
// Cost: its text is a title of a test of this repository.
const bracketed = /\[((?:ASVS|NIST|RFC|WSTG)\b[^\]:]*?)(: ?[^\]]*)?\]/g;

/**
 * The requirements that a title names: `[ASVS 7.2.4] [WSTG-SESS-03] a login gets new credentials`. Throws if the word
 * after a colon is another than `cannot`.
 */
export function namedIn(title: string): readonly NamedRequirement[] {
  return [...title.matchAll(bracketed)].map(([whole, id = "", mark]) => {
    if (mark !== undefined && mark !== ": cannot") throw new Error(`${whole} says neither met nor cannot`);
    return { id, says: mark ? "cannot" : "met" };
  });
}

/** A title without the requirements in front of it. */
export function plainTitle(title: string): string {
  return title.replace(bracketed, "").replace(/\s+/g, " ").trim();
}

/** A text in quotes on one line of a test, which names requirements: a title as it is written, with holes in it. */
export type WrittenTitle = {
  readonly line: number;
  readonly text: string;
  readonly ids: readonly string[];
  /** The titles of the groups around it, from the outermost on. */
  readonly within: readonly string[];
};

// Cost: its text is a line of this repository.
const quoted = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;
// Cost: its text is a title of a test of this repository.
const writtenId = /\[((?:ASVS|NIST|RFC|WSTG)\b[^\]:$]*?)(?:: cannot|\$\{[^}]*\})?\]/g;

/** The titles of a test's source that name requirements. */
export function writtenTitles(source: string): readonly WrittenTitle[] {
  const lines = source.split("\n");
  let open: readonly Group[] = [];
  return lines.flatMap((content, index) => {
    const indent = content.search(/\S/);
    if (indent < 0) return [];
    // The groups around a line have a smaller indent, which the formatter ensures. A table of cases ends at the indent
    // of its group.
    if (!/^\s*\]?\)\(/.test(content)) open = open.filter((group) => group.indent < indent);
    const within = open.map(({ title }) => title);
    const found = textsIn(content).flatMap((text) => {
      const ids = [...text.matchAll(writtenId)].map(([, id = ""]) => id);
      return ids.length > 0 ? { line: index + 1, text, ids, within } : [];
    });
    if (/^\s*(?:test\.)?describe\b/.test(content)) open = [...open, { indent, title: groupTitle(lines, index) }];
    return found;
  });
}

/** A title that consists of one placeholder. */
const allHole = ["$", "{}"].join("");

type Group = { readonly indent: number; readonly title: string };

function textsIn(content: string): readonly string[] {
  return [...content.matchAll(quoted)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/**
 * The title is on the group's line, or on a later one if a table of cases comes first. A computed title is one
 * placeholder.
 */
function groupTitle(lines: readonly string[], from: number): string {
  const to = lines.findIndex((line, index) => index >= from && /=> \{$/.test(line));
  return textsIn(lines.slice(from, to + 1).join(" ")).at(-1) ?? allHole;
}

/** Whether a title of a run fits this written one: any text may fill the placeholders. */
export function isWrittenAs(title: string, text: string): boolean {
  // Cost: its text is a title of a test of this repository.
  const fixed = text.split(/\$\{[^}]*\}|\$[a-zA-Z.]+|%[sdifjoO#$%]/).map(escaped);
  // Cost: both texts are titles of tests of this repository.
  return new RegExp(`^${fixed.join("[^]*?")}$`).test(title);
}

function escaped(text: string): string {
  return text.replace(/\\(.)/g, "$1").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
