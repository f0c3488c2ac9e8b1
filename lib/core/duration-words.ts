import { type Duration, day, hour, minute, second } from "./time.ts";

/** From the longest on, each with its name: the one spelling of units on pages, in documents and in answers. */
const units = [
  [day, "d"],
  [hour, "h"],
  [minute, "min"],
  [second, "s"],
] as const;

/** `14 min 32 s`, `7 h 59 min`, `6 d 23 h`: for what runs down. The two largest units, whole, never rounded up. */
export function duration(milliseconds: Duration): string {
  const rest = Math.max(0, milliseconds);
  const at = units.findIndex(([size]) => rest >= size);
  const [large, largeName] = units[at] ?? [second, "s"];
  const [small, smallName] = units[at + 1] ?? [second, "s"];
  const major = `${Math.floor(rest / large)} ${largeName}`;
  const minor = Math.floor((rest % large) / small);
  return minor === 0 || large === second ? major : `${major} ${minor} ${smallName}`;
}

/** `30 min`, `90 s`, `250 ms`: for what somebody chose. In the largest unit that divides it, so that nothing is lost. */
export function wholeDuration(milliseconds: Duration): string {
  const [size, name] = units.find(([each]) => milliseconds >= each && milliseconds % each === 0) ?? [1, "ms"];
  return `${milliseconds / size} ${name}`;
}
