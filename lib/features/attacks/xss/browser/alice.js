// alice's part. She fills in the form, reads on, logs out and in again, and leaves. Between her steps the injected script,
// where it runs, does what it would do at that moment, so that nobody waits for a timer.

import * as shop from "./shop.js";

const { steps, next, plan, injection, comment } = document.body.dataset;

async function told(did, about = {}) {
  const answer = await fetch(steps, { method: "POST", body: JSON.stringify({ did, ...about }) });
  return answer.json();
}

const injected = () => globalThis.injected ?? null;
const pause = () => new Promise((resolve) => setTimeout(resolve, 150));

let logins = 0;

async function logIn({ username, password }) {
  logins += 1;
  // She types into the form that she sees first.
  for (const form of new Set([document.querySelector("form"), document.querySelector("#login")])) {
    for (const [kind, value] of [
      ["text", username],
      ["password", password],
    ]) {
      const field = form.querySelector(`[type="${kind}"]`);
      if (field) field.value = value;
    }
    form.requestSubmit();
    // That form leads elsewhere, and the answer leaves her here. What is asked for meanwhile a browser may drop (Firefox does).
    if (form.id !== "login") await pause();
  }
  await shop.loggedIn;
  const { status } = await shop.look();
  return status;
}

async function begin() {
  localStorage.clear();
  sessionStorage.clear();
  await shop.ready;
  if (injection === "dom") {
    try {
      shop.showComment(comment);
    } catch {
      // Trusted Types: the page refuses to make elements of a text.
    }
    // The script of an element that came in by a text is loaded behind the page's back.
    await pause();
  }
  return told("begin");
}

/** One login, and what the script does with it. */
async function login(alice, does = "ways") {
  const status = await logIn(alice);
  await injected()?.[does](logins);
  await told("login", { status, login: logins, runs: injected() !== null });
}

const plans = {
  async once(alice) {
    await login(alice);
  },
  async short(alice) {
    await login(alice);
    await told("time");
  },
  async "step-up"(alice) {
    await login(alice);
    await told("time");
    await injected()?.actAfterTime(60);
  },
  async reuse(alice) {
    await login(alice, "copies");
    await told("thief-renews");
    await told("owner-renews", await shop.renew());
  },
  async whole(alice) {
    await login(alice);
    await shop.logOut();
    await told("logout");
    await injected()?.act(1);
    await login(alice);
    await shop.revokeAll();
    await told("revocation");
    await injected()?.act(1);
    await login(alice, "copies");
  },
};

try {
  await plans[plan](await begin());
} finally {
  location.replace(next);
}
