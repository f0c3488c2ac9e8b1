import { holdingOf } from "../core/credential.ts";
import { second } from "../core/time.ts";
import type { Role } from "../core/user.ts";
import { type Captured, nothing } from "./captured.ts";
import { sessionIdCookie } from "./cookies/session-id.ts";
import { createDevice, type Device, type LateAnswer, type Reply, refreshBody, told } from "./device.ts";
import type { ExperimentStep, StepReport } from "./experiment.ts";
import { forgedCredentials } from "./forge.ts";
import { type EndAt, endsOf, justAfter, lifetimesOf, paceOf } from "./lifetimes.ts";
import type { Part } from "./stage.ts";

const nodeHeader = "loginscope-node";
const networkHeader = "loginscope-network";

const nextPassword = "a quite different horse";

type Person = Readonly<Record<string, unknown>>;

/** The people of one performance, in a lab of their own. */
export class Cast {
  readonly victim: Device;
  readonly reports: StepReport[] = [];
  captured: Captured | null = null;
  /** The credentials that the attacker made, by kind; the captured ones stay unchanged. */
  forged: { readonly as: string; readonly credentials: readonly Captured[] } | null = null;
  /** The victim's current role. */
  role: Role = "user";
  /** The answer that the victim's client holds back. */
  #late: LateAnswer | null = null;
  /** How many seconds after the login that answer was made. 0: none is held back. */
  #renewedAt = 0;
  /** The seconds that the clock was moved. */
  #moved = 0;
  /**
   * When the victim's login was sent and answered, by this process's clock, since the lab's clock runs on by itself.
   */
  #login = { asked: performance.now(), answered: performance.now() };
  /** Headers of the attacker's requests besides the credential: another user agent, another node. */
  readonly disguise: Record<string, string> = {};
  /** Headers of the victim's requests: another network, a router. */
  readonly #ownHeaders: Record<string, string> = {};
  /** Actors that use their credentials at this pace whenever time passes. */
  // Bounded: by the steps of one performance, with which it ends.
  readonly busy = new Set<() => Promise<unknown>>();
  #people: Promise<readonly Person[]> | null = null;
  #elsewhere: Device | null = null;
  #admin: Device | null = null;
  readonly #part: Part;
  readonly labCookie: readonly [string, string];

  private constructor(part: Part, labCookie: readonly [string, string]) {
    this.#part = part;
    this.labCookie = labCookie;
    this.victim = this.device({}, this.#ownHeaders);
  }

  static async assemble(part: Part): Promise<Cast> {
    return new Cast(part, await part.stage.openLab());
  }

  /** A new client in this lab, which holds only what it is given here. */
  device(held: Partial<Captured> = {}, headers: Readonly<Record<string, string>> = {}): Device {
    return createDevice({ ...this.#part.stage, ...held, headers, cookies: [this.labCookie, ...(held.cookies ?? [])] });
  }

  async perform(step: ExperimentStep): Promise<void> {
    const reply = await this.#act(step);
    const { actor, ...rest } = step;
    const action = Object.entries(rest).map(([name, value]) =>
      value === true ? name : value === false ? `no ${name}` : value,
    );
    this.reports.push({ actor, action: action.join(" "), ...(reply && told(reply)) });
  }

  get asksOtherNode(): boolean {
    return this.disguise[nodeHeader] === "other";
  }

  /** Seconds since the login, on the lab's clock. */
  get elapsedSeconds(): number {
    return this.#moved + (performance.now() - this.#login.answered) / second;
  }

  /** The same in whole seconds, as a lower and an upper bound: the login itself took time. */
  get elapsed(): { readonly atLeast: number; readonly atMost: number } {
    const sinceAsked = this.#moved + (performance.now() - this.#login.asked) / second;
    return { atLeast: Math.floor(this.elapsedSeconds), atMost: Math.ceil(sinceAsked) };
  }

  /** When the credentials of the victim end, and the copies of them. */
  get ends(): readonly EndAt[] {
    return endsOf(this.#part.variant, this.#renewedAt);
  }

  /** Removes the lab after the performance. */
  async close(): Promise<void> {
    await this.device().send("POST", "/api/lab/reset");
  }

  #act(step: ExperimentStep): Promise<Reply | null> {
    const api = `/api/${this.#part.manifest.id}`;
    switch (step.does) {
      case "log-in":
        return this.#logInVictim();
      case "log-in-elsewhere":
        this.#elsewhere = this.device();
        return this.#logIn(this.#elsewhere, "alice");
      case "log-out":
        return this.victim.send("POST", `${api}/logout`, refreshBody(this.victim));
      case "revoke":
        return this.#revoke(step.scope);
      case "refresh":
        return this.victim.send("POST", `${api}/refresh`, refreshBody(this.victim));
      case "hold-back":
        return this.#holdBackRenewal();
      case "receive":
        return this.#receive();
      case "change-password":
        return this.#changePassword();
      case "forget":
        return this.#forget(step.what);
      case "set-role":
        this.role = step.role;
        return this.#asAdmin("role", { role: step.role });
      case "revoke-all":
        return this.#asAdmin("revoke");
      case "disable":
        return this.#asAdmin("disable");
      case "rotate-keys":
        return this.device().send("POST", "/api/lab/keys/rotate", { overlap: step.overlap });
      case "lose-memory":
        return this.device().send("POST", "/api/lab/forget-memory");
      case "bind-logins":
        return this.#choose({ binding: { [step.to === "address" ? "ip" : "userAgent"]: "enforce" } });
      case "keep-sent-ids":
        return this.#choose({ adoptSentId: true });
      case "cache-reads":
        return this.#choose({ readCache: true });
      case "route-sticky":
        this.#ownHeaders[nodeHeader] = "sticky";
        return Promise.resolve(null);
      case "lose-other-node":
        return this.device({}, { [nodeHeader]: "other" }).send("POST", "/api/lab/forget-memory");
      case "change-network":
        this.#ownHeaders[networkHeader] = "other";
        return Promise.resolve(null);
      case "plant":
        return this.#plant();
      case "advance":
        return this.advanceTo(this.elapsedSeconds + step.seconds);
      case "pass":
        return this.#pass(step);
      case "forge":
        return this.#forge(step.as);
      case "capture":
        this.captured = { ...this.victim, cookies: this.#credentials() };
        return Promise.resolve(null);
      case "change-device":
        this.disguise["user-agent"] = "another-device/1";
        return Promise.resolve(null);
      case "ask-other-node":
        this.disguise[nodeHeader] = "other";
        return Promise.resolve(null);
    }
  }

  /**
   * Moves the clock at once; or, if the victim goes on working, in steps short enough that no credential passes its
   * idle end.
   */
  async advanceTo(seconds: number): Promise<Reply> {
    const absolute = this.#part.variant.settings.lifetimes.absolute / second;
    const pace = paceOf(this.#part.variant);
    // A login without an absolute end by then has no idle end either, so no use is needed.
    while (this.busy.size > 0 && this.elapsedSeconds < absolute && seconds - this.elapsedSeconds > pace) {
      await this.#move(pace);
      for (const use of this.busy) await use();
    }
    return this.#move(seconds - this.elapsedSeconds);
  }

  /** A clock moves by whole seconds, and forward. */
  #move(seconds: number): Promise<Reply> {
    const advanceSeconds = Math.max(1, Math.round(seconds));
    this.#moved += advanceSeconds;
    return this.device().send("POST", "/api/lab/clock", { advanceSeconds });
  }

  async #pass({ lifetime, meanwhile }: Extract<ExperimentStep, { does: "pass" }>): Promise<Reply> {
    const { idle } = this.#part.variant.settings.lifetimes;
    const longest = Math.max(...lifetimesOf(this.#part.variant).map(([, each]) => each));
    const end = (lifetime === "idle" ? idle : longest) / second + justAfter;
    if (meanwhile === "used") this.busy.add(() => this.#work());
    return this.advanceTo(end);
  }

  /** Asks as a page does: if the access credential has ended, renews it and asks again. */
  async #work(): Promise<void> {
    const api = `/api/${this.#part.manifest.id}`;
    const { code } = await this.victim.send("GET", `${api}/me`);
    if (!code || !holdingOf(this.#part.variant, "refresh")) return;
    await this.victim.send("POST", `${api}/refresh`, refreshBody(this.victim));
    await this.victim.send("GET", `${api}/me`);
  }

  async #forge(as: string): Promise<null> {
    const [from = {}, to = {}] = [await this.#person("alice"), await this.#person(as)];
    this.forged = { as, credentials: forgedCredentials(this.captured ?? nothing, { from, to, as }) };
    return null;
  }

  /** Renews as a page does by itself: by a refresh; or where there is no refresh token, by a `me` that slides. */
  async #holdBackRenewal(): Promise<Reply> {
    const api = `/api/${this.#part.manifest.id}`;
    this.#late = holdingOf(this.#part.variant, "refresh")
      ? await this.victim.holdBack("POST", `${api}/refresh`, refreshBody(this.victim))
      : await this.victim.holdBack("GET", `${api}/me`);
    this.#renewedAt = Math.ceil(this.elapsedSeconds);
    return this.#late.reply;
  }

  #receive(): Promise<null> {
    if (!this.#late) throw new Error("No answer was held back");
    this.#late.arrive();
    return Promise.resolve(null);
  }

  /** The cookies of the flow under test. */
  #credentials(): Map<string, string> {
    const names: readonly string[] = this.#part.manifest.cookies.map(({ name }) => name);
    return new Map([...this.victim.cookies].filter(([name]) => names.includes(name)));
  }

  async #logInVictim(): Promise<Reply> {
    const asked = performance.now();
    const reply = await this.#logIn(this.victim, "alice");
    this.#login = { asked, answered: performance.now() };
    return reply;
  }

  #logIn(device: Device, username: string): Promise<Reply> {
    const { manifest, variant, stage } = this.#part;
    const password = stage.passwords[username];
    return device.send("POST", `/api/${manifest.id}/login`, { username, password, variant: variant.id });
  }

  async #plant(): Promise<Reply> {
    const own = this.device();
    const reply = await this.#logIn(own, "bob");
    const name = sessionIdCookie(this.#part.variant) ?? "";
    const value = own.cookies.get(name) ?? "";
    this.victim.cookies.set(name, value);
    this.captured = { ...nothing, cookies: new Map([[name, value]]) };
    return reply;
  }

  #choose(change: object): Promise<Reply> {
    return this.device().send("PATCH", "/api/lab/settings", change);
  }

  async #revoke(scope: "current" | "another" | "others" | "all"): Promise<Reply> {
    const api = `/api/${this.#part.manifest.id}`;
    const device = this.#elsewhere ?? this.victim;
    if (scope !== "another") return device.send("POST", `${api}/revoke`, { scope });
    const listed = await device.send("GET", `${api}/sessions`);
    const sessions: unknown = listed.body["sessions"];
    const other = Array.isArray(sessions) ? sessions.find(({ current }) => !current) : undefined;
    return other ? device.send("POST", `${api}/revoke`, { session: other.id }) : listed;
  }

  #changePassword(): Promise<Reply> {
    const current = this.#part.stage.passwords["alice"];
    return this.victim.send("POST", "/api/account/password", { current, next: nextPassword });
  }

  #forget(what: "page" | "everything"): Promise<null> {
    this.victim.accessToken = null;
    this.victim.refreshToken = null;
    if (what === "everything") this.victim.cookies.clear();
    return Promise.resolve(null);
  }

  async #asAdmin(action: "role" | "revoke" | "disable", body?: object): Promise<Reply> {
    if (!this.#admin) {
      this.#admin = this.device();
      await this.#logIn(this.#admin, "admin");
    }
    const id = (await this.#person("alice"))?.["id"];
    return this.#admin.send("POST", `/api/admin/users/${id}/${action}`, body);
  }

  async #person(username: string): Promise<Person | undefined> {
    // These answers are the same throughout a performance, so they are computed once.
    this.#people ??= this.device()
      .send("GET", "/api/lab")
      .then(({ body }) => (Array.isArray(body["people"]) ? body["people"] : []));
    return (await this.#people).find((person) => person["username"] === username);
  }
}
