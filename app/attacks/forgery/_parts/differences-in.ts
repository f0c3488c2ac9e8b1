import type { ChangedPart } from "@/lib/features/attacks/forgery/model.ts";

/** The members that differ, each as it was and as it is. A part that is no JSON, or says something twice, as a whole. */
export function differencesIn({ before, after }: ChangedPart): readonly string[] {
  const [was, is] = [membersOf(before), membersOf(after)];
  if (!was || !is) return [`${before || "nothing"} → ${after || "nothing"}`];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const different = names.filter((name) => said(was[name]) !== said(is[name]));
  if (different.length === 0) return ["the same content in other bytes"];
  return different.map((name) => `${name} ${said(was[name])} → ${said(is[name])}`);
}

/** `null`: the text is no object, or a reader of JSON would lose something of it. */
function membersOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isWhole =
      typeof value === "object" && value !== null && !Array.isArray(value) && JSON.stringify(value) === text;
    return isWhole ? { ...value } : null;
  } catch {
    return null;
  }
}

function said(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
