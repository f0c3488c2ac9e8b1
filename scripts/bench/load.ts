import { Agent, type IncomingMessage, request } from "node:http";
import { percentileOf } from "./statistics.ts";

/** One request, and how often it was sent. Milliseconds. */
export type Load = {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
};

export type LoadOptions = {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly inFlight: number;
  readonly milliseconds: number;
};

/**
 * Sends one request again and again over connections that stay open, `inFlight` at a time. It runs in the process of the
 * bench, so none of its work is in the CPU of the server. Throws if an answer is not 200: a refusal is cheaper.
 */
export async function load({ port, path, headers, inFlight, milliseconds }: LoadOptions): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const took: number[] = [];
  const began = performance.now();
  async function sendInTurn(): Promise<void> {
    while (performance.now() - began < milliseconds) {
      const sent = performance.now();
      const status = await ask({ port, path, headers, agent });
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      took.push(performance.now() - sent);
    }
  }
  try {
    await Promise.all(Array.from({ length: inFlight }, sendInTurn));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - began) / 1000;
  const sorted = Float64Array.from(took).sort();
  return {
    answered: took.length,
    perSecond: took.length / seconds,
    p50: percentileOf(sorted, 0.5),
    p99: percentileOf(sorted, 0.99),
  };
}

type Asked = Pick<LoadOptions, "port" | "path" | "headers"> & { readonly agent: Agent };

function ask({ port, path, headers, agent }: Asked): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, headers, agent }, (answer: IncomingMessage) => {
      answer.on("end", () => resolve(answer.statusCode)).on("error", reject);
      answer.resume();
    });
    sent.on("error", reject);
    sent.end();
  });
}
