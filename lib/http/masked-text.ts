import { labCookie } from "./request/lab-cookie.ts";

const passwordFields = new Set(["password", "current", "next"]);

/** A header's value as a record may show it. */
export function withoutSecrets(name: string, value: string): string {
  if (name.endsWith("cookie")) return withoutLabCookie(value);
  // Only a bearer token is a credential of the lab. Under another scheme a person may have typed a password.
  return name === "authorization" && !/^Bearer /i.test(value) ? "…" : value;
}

/** Also in a spelling that only a lenient parser accepts. */
function withoutLabCookie(line: string): string {
  return line
    .split(";")
    .map((pair) => {
      const at = pair.indexOf("=");
      return pair.slice(0, Math.max(0, at)).trimEnd().endsWith(labCookie.name) ? `${pair.slice(0, at)}=…` : pair;
    })
    .join(";");
}

/** A body as a record may show it (ASVS 16.2.5). */
export function withoutPasswords(text: string, contentType: string | null): string {
  // A form comes from an OAuth client. A secret in it, which belongs into a header (RFC 6749 §2.3.1), is not shown.
  if (contentType?.startsWith("application/x-www-form-urlencoded"))
    return text.split("&").map(withoutSecretField).join("&");
  return JSON.stringify(JSON.parse(text), (key, value) => (passwordFields.has(key) ? "•••" : value));
}

function withoutSecretField(field: string): string {
  const name = field.slice(0, Math.max(0, field.indexOf("=")));
  const isSecret = ["secret", "password"].some((each) => name.toLowerCase().includes(each));
  return isSecret ? `${name}=•••` : field;
}

/** ASVS 16.2.5. A refusal repeats the names of unknown fields, and people type passwords anywhere. */
export function withoutTypedNames(body: string): string {
  const begin = /Unrecognized keys?: /.exec(body);
  if (!begin) return body;
  const from = begin.index + begin[0].length;
  let to = from;
  while (to < body.length && body[to] !== '"') to += body[to] === "\\" ? 2 : 1;
  return `${body.slice(0, from)}…${body.slice(to)}`;
}
