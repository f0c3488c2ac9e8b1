import { jsonIn } from "../../../core/text/read-json.ts";

const mostText = 400;

/** The begin of a body, without a password (ASVS 16.2.5): a form, or JSON, whatever the request calls it. */
export function shownBody(text: string): string {
  if (!text.includes("password")) return text.slice(0, mostText);
  const json = jsonIn(text);
  const shown =
    typeof json === "object" && json !== null
      ? JSON.stringify({ ...json, password: "…" })
      : text
          .split("&")
          .map((field) => (!field.includes("password") ? field : field.startsWith("password=") ? "password=…" : "…"))
          .join("&");
  return shown.slice(0, mostText);
}
