const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `14 min 32 s`, `7 h 59 min`, `6 d 23 h`: the two largest units, whole, never rounded up. */
export function duration(milliseconds: number): string {
  const rest = Math.max(0, milliseconds);
  if (rest >= day) return pair(rest, day, "d", hour, "h");
  if (rest >= hour) return pair(rest, hour, "h", minute, "min");
  if (rest >= minute) return pair(rest, minute, "min", second, "s");
  return `${Math.floor(rest / second)} s`;
}

function pair(rest: number, large: number, largeName: string, small: number, smallName: string): string {
  const minor = Math.floor((rest % large) / small);
  const major = `${Math.floor(rest / large)} ${largeName}`;
  return minor === 0 ? major : `${major} ${minor} ${smallName}`;
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

/** `12:04:31`, with the day in front when it is not the day of `now`. `zone` undefined: the reader's own. */
export function clockTime(at: number, now: number, zone: string | undefined): string {
  const time = format(zone, "time").format(at);
  const date = format(zone, "date").format(at);
  return date === format(zone, "date").format(now) ? time : `${date} ${time}`;
}
