import { masked } from "./masks.ts";
import { type Sender, senders } from "./scenario.ts";

/** One exchange as it is recorded. Headers by name; a body as JSON wherever that says it to the byte. */
export type Written = {
  /** Whose usual headers are sent as well. */
  readonly by: Sender;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  } & WrittenBody;
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly setCookies?: readonly string[];
  } & WrittenBody;
};

type WrittenBody = { readonly body?: unknown; readonly lines?: readonly unknown[] };

export async function writtenRequest(by: Sender, request: Request): Promise<Written["request"]> {
  const { pathname, search } = new URL(request.url);
  const usual = new Map(Object.entries(senders[by]));
  return {
    method: request.method,
    path: masked(pathname + search),
    headers: headersOf([...request.headers].filter(([name, value]) => usual.get(name) !== value)),
    ...bodyOf(await request.text()),
  };
}

export async function writtenAnswer(response: Response): Promise<Written["answer"]> {
  const { status, headers } = response;
  const setCookies = headers.getSetCookie().map(masked);
  const text = Buffer.from(await response.bytes()).toString(isText(headers) ? "utf8" : "latin1");
  return {
    status,
    // A Set-Cookie line stands for itself: they are never joined (RFC 9110 §5.3).
    headers: headersOf([...headers].filter(([name]) => name !== "set-cookie")),
    ...(setCookies.length > 0 && { setCookies }),
    ...bodyOf(text),
  };
}

/** Everything but a file: of that each byte is read as a character. */
function isText(headers: Headers): boolean {
  return headers.get("content-type") !== "application/zip";
}

function headersOf(headers: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(headers.map(([name, value]) => [name, masked(value)]));
}

function bodyOf(text: string): WrittenBody {
  if (text === "") return {};
  const hidden = masked(text);
  const whole = asWritten(hidden);
  return whole === undefined ? { lines: hidden.split("\n").map(lineOf) } : { body: whole };
}

/** Of a stream: JSON alone, or behind the `data:` of a server-sent event. */
function lineOf(line: string): unknown {
  const [, data] = /^data: (.*)$/.exec(line) ?? [];
  const value = asWritten(data ?? line);
  if (typeof value !== "object" || value === null) return line;
  return data === undefined ? value : { data: value };
}

/** JSON whose only spelling is this text, so that the value says as much as the text does. */
function asWritten(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
