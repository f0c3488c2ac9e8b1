import { writeFileSync } from "node:fs";

/** A Node.js process as its inspector tells of it, by the Chrome DevTools protocol. */
export type Inspected = {
  /** In bytes, after what can be collected has been. */
  memory(): Promise<NodeJS.MemoryUsage>;
  /** The value of an expression in that process, or what its promise comes to. It has to be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Writes a heap snapshot, which Chromium's DevTools open. */
  snapshot(file: string): Promise<void>;
  close(): void;
};

type Message = { readonly id?: number; readonly method?: string; readonly params?: { readonly chunk?: string } } & {
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: unknown };
};

export async function inspect(port: number): Promise<Inspected> {
  const [target] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const waiting = new Map<number, (message: Message) => void>();
  const chunks: string[] = [];
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const message: Message = JSON.parse(String(data));
    if (message.method === "HeapProfiler.addHeapSnapshotChunk") chunks.push(message.params?.chunk ?? "");
    if (message.id === undefined) return;
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });

  function ask(method: string, params: object = {}): Promise<Message> {
    last += 1;
    socket.send(JSON.stringify({ id: last, method, params }));
    return new Promise((resolve) => waiting.set(last, resolve));
  }

  async function evaluate(expression: string): Promise<unknown> {
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const { result } = await ask("Runtime.evaluate", asked);
    if (result?.exceptionDetails) throw new Error(JSON.stringify(result.exceptionDetails));
    return result?.result?.value;
  }

  return {
    evaluate,
    async memory() {
      // What a finalizer lets go of is collected by the next one.
      for (let times = 0; times < 3; times += 1) await ask("HeapProfiler.collectGarbage");
      return (await evaluate("process.memoryUsage()")) as NodeJS.MemoryUsage;
    },
    async snapshot(file) {
      await ask("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
      writeFileSync(file, chunks.splice(0).join(""));
    },
    close: () => socket.close(),
  };
}
