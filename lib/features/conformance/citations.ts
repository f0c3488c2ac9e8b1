/** A line of code that names a requirement in its comment. */
export type Citation = { readonly line: number; readonly id: string };

/** `RFC 8725 §3.1, §3.8`, `ASVS 6.2.1, 6.2.4`, `NIST SP 800-63B-4 §5.1.1`: a document and one or more clauses. */
const clauses =
  // Cost: its text is a line of this repository.
  /\b(ASVS|NIST|RFC \d+)(?: SP)?(?: 800-63B-4)?((?:,?(?: and)? §?\d+(?:\.\d+)*(?:(?: [a-z]+)(?=[,.:;) ]|$))?)+)/g;
const others = /\bWSTG-SESS-\d\d\b|\bRFC \d+(?:bis)? [a-z]+(?: [a-z]+)?\b/g;

/** Where the comments of a source name one of these requirements. */
export function citationsIn(source: string, known: ReadonlySet<string>): readonly Citation[] {
  return source.split("\n").flatMap((content, index) => {
    // Cost: its text is a line of this repository.
    const comment = /(?:\/\/|\/?\*)(.*)$/.exec(content.trim())?.[1] ?? "";
    const ids = new Set([...listed(comment, known), ...worded(comment, known)]);
    return [...ids].map((id) => ({ line: index + 1, id }));
  });
}

function listed(comment: string, known: ReadonlySet<string>): readonly string[] {
  return [...comment.matchAll(clauses)].flatMap(([, document = "", list = ""]) =>
    // Cost: its text is a line of this repository.
    [...list.matchAll(/(\d+(?:\.\d+)*)( [a-z]+)?/g)].flatMap(([, clause = "", word = ""]) => {
      const id = `${document} ${clause}`;
      return known.has(`${id}${word}`) ? `${id}${word}` : known.has(id) ? id : [];
    }),
  );
}

function worded(comment: string, known: ReadonlySet<string>): readonly string[] {
  return [...comment.matchAll(others)].flatMap(([found]) => {
    const words = found.split(" ");
    const shorter = words.slice(0, -1).join(" ");
    return known.has(found) ? found : known.has(shorter) ? shorter : [];
  });
}
