import { duration, minute, second } from "@/lib/core/time.ts";

const whole = (milliseconds: number, step: number) => milliseconds - (milliseconds % step);

/** `14 min`, and in the last ten minutes `9 min 59 s`: until then a second changes nothing that a reader waits for. */
export function timeLeft(milliseconds: number): string {
  return duration(milliseconds < 10 * minute ? milliseconds : whole(milliseconds, minute));
}

/** `9 s`, then tens of seconds, and after the first minute whole minutes: what is past changes nothing any more. */
export function timePast(milliseconds: number): string {
  if (milliseconds < 10 * second) return duration(milliseconds);
  return duration(whole(milliseconds, milliseconds < minute ? 10 * second : minute));
}

/** `+00:15:00`, or `+1 d 02:00:00`: how far a clock was moved. */
export function offset(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const parts = [seconds / 3600, seconds / 60, seconds].map(
    (part, index) => Math.floor(part) % (index === 0 ? 24 : 60),
  );
  const clock = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return days > 0 ? `+${days} d ${clock}` : `+${clock}`;
}

/** How long a step took, from microseconds: `240 µs`, `1.4 ms`. */
export function took(microseconds: number): string {
  if (microseconds < 1000) return `${Math.round(microseconds)} µs`;
  return milliseconds(microseconds / 1000);
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string | undefined, kind: "time" | "date"): Intl.DateTimeFormat {
  const key = `${zone ?? ""} ${kind}`;
  const known = formats.get(key);
  if (known) return known;
  const parts: Intl.DateTimeFormatOptions =
    kind === "time"
      ? { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }
      : { day: "numeric", month: "short" };
  const made = new Intl.DateTimeFormat("en-GB", zone === undefined ? parts : { ...parts, timeZone: zone });
  formats.set(key, made);
  return made;
}

const lastDays = new Map<string | undefined, { readonly minute: number; readonly day: string }>();

/** `30 Nov`. A page asks for the day of now with each tick of its clock, so the last answer is kept for its minute. */
export function dayOf(at: number, zone: string | undefined): string {
  const last = lastDays.get(zone);
  if (last?.minute === whole(at, minute)) return last.day;
  const day = format(zone, "date").format(at);
  lastDays.set(zone, { minute: whole(at, minute), day });
  return day;
}

/** `12:04:31`, with the day in front when it is not `today`. `zone` undefined: the reader's own. */
export function timeOn(today: string, at: number, zone: string | undefined): string {
  const time = format(zone, "time").format(at);
  const date = format(zone, "date").format(at);
  return date === today ? time : `${date} ${time}`;
}

/** The same, with the day in front when it is not the day of `now`. */
export function clockTime(at: number, now: number, zone: string | undefined): string {
  return timeOn(dayOf(now, zone), at, zone);
}
