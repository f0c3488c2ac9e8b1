const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const day = 86_400_000;

type DateParts = { time?: readonly [number, number, number]; day?: number; month?: number; year?: number };

/**
 * The moment of an Expires attribute, in milliseconds since 1970; `null`: browsers ignore it. The algorithm of
 * RFC 6265bis §5.1.1, which takes the parts in any order and skips zones: all is UTC.
 */
export function parseCookieDate(text: string): number | null {
  const found: DateParts = {};
  for (const token of text.split(/[\t -/;-@[-`{-~]+/).filter(Boolean)) take(token, found);
  const { time, day: date, month, year } = found;
  if (!time || date === undefined || month === undefined || year === undefined) return null;
  const [hour, minute, second] = time;
  const full = year >= 70 && year <= 99 ? year + 1900 : year <= 69 ? year + 2000 : year;
  if (date < 1 || date > daysIn(full, month) || full < 1601 || hour > 23 || minute > 59 || second > 59) return null;
  return daysSince1970(full, month, date) * day + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** The first token that looks like a time, a day, a month or a year is taken as that. */
function take(token: string, found: DateParts): void {
  const time = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(\D|$)/.exec(token);
  const month = months.indexOf(token.slice(0, 3).toLowerCase());
  if (!found.time && time) found.time = [Number(time[1]), Number(time[2]), Number(time[3])];
  else if (found.day === undefined && /^\d{1,2}(\D|$)/.test(token)) found.day = Number.parseInt(token, 10);
  else if (found.month === undefined && month >= 0) found.month = month;
  else if (found.year === undefined && /^\d{2,4}(\D|$)/.test(token)) found.year = Number.parseInt(token, 10);
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 1 ? (leap ? 29 : 28) : [3, 5, 8, 10].includes(month) ? 30 : 31;
}

/** Of the Gregorian calendar, which is the only one here. */
function daysSince1970(year: number, month: number, date: number): number {
  let days = date - 1;
  for (let each = 0; each < month; each++) days += daysIn(year, each);
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return days + before * 365 + leaps - 719_162;
}
