/** The last line of an answer that ends before it is whole, because the server stops. */
export type StoppingLine = { readonly type: "failed"; readonly reason: string };

export function stoppingLine({ message }: Error): StoppingLine {
  return { type: "failed", reason: message };
}

/** Every other line that fails names what failed. */
export function isStoppingLine(line: unknown): line is StoppingLine {
  if (typeof line !== "object" || line === null || !("type" in line) || !("reason" in line)) return false;
  return line.type === "failed" && Object.keys(line).length === 2;
}
