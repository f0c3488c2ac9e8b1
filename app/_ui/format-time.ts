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
