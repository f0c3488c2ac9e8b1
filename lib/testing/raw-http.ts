import { connect } from "node:net";
import { text } from "node:stream/consumers";

export type RawAnswer = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
};

/** The text of a request without a body, as no client library would write it. */
export function requestText(line: string, ...headers: readonly string[]): string {
  return `${[line, ...headers].join("\r\n")}\r\n\r\n`;
}

/** What comes back before the server closes the connection: sends a request that has to end it. */
export async function sendRaw(port: number, sent: string): Promise<RawAnswer> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.write(sent);
  const answer = await text(socket);
  socket.destroy();
  const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
  const [line = "", ...lines] = head.split("\r\n");
  const headers = lines.map((each) => {
    const [name = "", ...value] = each.split(": ");
    return [name.toLowerCase(), value.join(": ")] as const;
  });
  return { status: Number(line.split(" ")[1]), headers: new Map(headers), body };
}
