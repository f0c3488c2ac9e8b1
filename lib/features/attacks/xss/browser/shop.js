// A shop that is vulnerable on purpose. It keeps its login as the variant does that it is opened with, and calls the
// application's own addresses. Its page writes what customers say as they wrote it.

const { flow, variant, keeping, worker: isInWorker, encodes } = document.body.dataset;

/** A variable of this module: no storage lists it, and no other script has a name for it. */
let held = { access: null, refresh: null };

/** The tabs of a browser share a token that is kept in a variable. */
const tabs = new BroadcastChannel("shop tokens");
tabs.addEventListener("message", ({ data }) => {
  held = data;
});

function inStorage(area) {
  return {
    read: () => ({ access: area.getItem("access"), refresh: area.getItem("refresh") }),
    write({ access, refresh }) {
      area.clear();
      for (const [name, token] of Object.entries({ access, refresh })) if (token !== null) area.setItem(name, token);
    },
  };
}

const inVariable = {
  read: () => held,
  write(tokens) {
    held = tokens;
    tabs.postMessage(tokens);
  },
};

/** A cookie is kept by the browser, and no answer has a token in its body. */
const places = { "local-storage": inStorage(localStorage), "session-storage": inStorage(sessionStorage) };
const place = places[keeping] ?? inVariable;

const worker = isInWorker === "true" ? new Worker("token-worker.js") : null;

/** All that the page needs has been loaded. */
export const ready = worker && new Promise((resolve) => worker.addEventListener("message", resolve, { once: true }));

/** Asks the application. In a worker the token stays there: the page gets the answer without it. */
async function ask(path, body) {
  const address = `/api/${flow}/${path}`;
  if (worker) return throughWorker(address, body);
  const headers = new Headers();
  if (body) headers.set("content-type", "application/json");
  const { access } = place.read();
  if (access) headers.set("authorization", `Bearer ${access}`);
  const answer = await fetch(address, {
    method: body ? "POST" : "GET",
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const told = answer.status === 204 ? {} : await answer.json();
  if (told.access_token) place.write({ access: told.access_token, refresh: told.refresh_token ?? null });
  return { status: answer.status };
}

function throughWorker(address, body) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ address, body }, [port2]);
  });
}

/** The newest login: answered when the form's request is. */
export let loggedIn = Promise.resolve();

document.querySelector("#login").addEventListener("submit", (event) => {
  event.preventDefault();
  const { username, password } = Object.fromEntries(new FormData(event.target));
  loggedIn = ask("login", { username, password, variant });
});

export const look = () => ask("me");

const ownRefreshToken = () => {
  const { refresh } = place.read();
  return refresh === null ? {} : { refresh_token: refresh };
};

export const renew = () => ask("refresh", ownRefreshToken());

export async function logOut() {
  const answer = await ask("logout", ownRefreshToken());
  place.write({ access: null, refresh: null });
  return answer;
}

export async function revokeAll() {
  const answer = await ask("revoke", { scope: "all" });
  place.write({ access: null, refresh: null });
  return answer;
}

/** What somebody says who has not written into the page itself. */
export function showComment(text) {
  const line = document.createElement("li");
  document.querySelector("#comments").append(line);
  if (encodes === "true") line.textContent = text;
  else line.innerHTML = text;
}
