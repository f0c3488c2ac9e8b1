// Holds the tokens of a page. It adds them to requests, and leaves them out of what the page gets.

let held = { access: null, refresh: null };

async function ask(address, body) {
  const headers = new Headers();
  if (body) headers.set("content-type", "application/json");
  if (held.access) headers.set("authorization", `Bearer ${held.access}`);
  const answer = await fetch(address, {
    method: body ? "POST" : "GET",
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const told = answer.status === 204 ? {} : await answer.json();
  if (told.access_token) held = { access: told.access_token, refresh: told.refresh_token ?? null };
  return { status: answer.status };
}

self.addEventListener("message", ({ data: { address, body }, ports: [port] }) => {
  // What the page may ask for: it cannot make the worker send a token elsewhere.
  if (!address.startsWith("/api/")) return;
  void ask(address, body).then((answer) => port.postMessage(answer));
});

// The page waits for it: what still loads may be dropped when the page is led elsewhere.
self.postMessage("ready");
