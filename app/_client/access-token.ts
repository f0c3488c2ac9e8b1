/**
 * The one variable in the browser that holds an access token: this module's `held`, gone with the page.
 * Never a storage, never a cookie. The tabs of one browser tell each other about it in memory.
 */
let held: string | null = null;

const listeners = new Set<() => void>();

type Message = { readonly type: "token"; readonly value: string } | { readonly type: "forget" | "ask" };

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("loginscope access token");

channel?.addEventListener("message", (event: MessageEvent<Message>) => {
  const message = event.data;
  if (message.type === "token") set(message.value);
  else if (message.type === "forget") set(null);
  else if (held !== null) tell({ type: "token", value: held });
});

function tell(message: Message): void {
  channel?.postMessage(message);
}

function set(value: string | null): void {
  if (held === value) return;
  held = value;
  for (const listener of listeners) listener();
}

export function accessToken(): string | null {
  return held;
}

/** Keeps a token that was just issued, here and in the other tabs. */
export function keepAccessToken(value: string): void {
  set(value);
  tell({ type: "token", value });
}

/** Forgets it, here and in the other tabs. */
export function forgetAccessToken(): void {
  set(null);
  tell({ type: "forget" });
}

export function onAccessToken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether another tab has one to share; it is taken over then. */
export function askOtherTabs(milliseconds = 80): Promise<boolean> {
  if (!channel || held !== null) return Promise.resolve(held !== null);
  return new Promise((resolve) => {
    const stop = onAccessToken(() => done(true));
    const late = setTimeout(() => done(false), milliseconds);
    function done(found: boolean) {
      clearTimeout(late);
      stop();
      resolve(found);
    }
    tell({ type: "ask" });
  });
}

/** When a token says that it ends, in milliseconds on the lab's clock. Read, not verified: only to know when to ask anew. */
export function statedEnd(token: string): number | null {
  try {
    const payload = token.split(".")[1] ?? "";
    const json: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    const exp = typeof json === "object" && json !== null && "exp" in json ? json.exp : null;
    return typeof exp === "number" ? exp * 1000 : null;
  } catch {
    return null;
  }
}
