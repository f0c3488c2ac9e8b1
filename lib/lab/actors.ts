import type { ExperimentStep, StepReport } from "../core/experiment.ts";
import type { FlowManifest, Variant } from "../core/flow.ts";
import type { Holding } from "../core/holding.ts";
import type { Role } from "../core/user.ts";
import { createDevice, type Device, type Reply, refreshBody, type Transport } from "./device.ts";
import { forgeries } from "./forge.ts";

/** Where an experiment takes place: a fresh lab each time, and a way to send requests to it. */
export type Stage = {
  readonly transport: Transport;
  readonly origin: string;
  /** A lab of its own; answers its lab cookie as `[name, value]`. */
  openLab(): Promise<readonly [string, string]>;
};

/** What a thief holds after `capture`, or made of it. */
export type Captured = {
  readonly cookies: ReadonlyMap<string, string>;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
};

const nothing: Captured = { cookies: new Map(), accessToken: null, refreshToken: null };

const nextPassword = "a quite different horse";

/** The people of one performance, in a lab of their own. */
export class Cast {
  readonly victim: Device;
  readonly reports: StepReport[] = [];
  captured: Captured = nothing;
  /** What the attacker made of it, for whom; the captured ones stay as they are. */
  forged: { readonly as: string; readonly credentials: readonly Captured[] } | null = null;
  /** What the victim's role really is now. */
  role: Role = "user";
  /** How far the clock was moved, in seconds. */
  elapsedSeconds = 0;
  #admin: Device | null = null;
  readonly #stage: Stage;
  readonly #manifest: FlowManifest;
  readonly #variant: Variant;
  readonly labCookie: readonly [string, string];

  private constructor(stage: Stage, manifest: FlowManifest, variant: Variant, labCookie: readonly [string, string]) {
    this.#stage = stage;
    this.#manifest = manifest;
    this.#variant = variant;
    this.labCookie = labCookie;
    this.victim = this.device();
  }

  static async assemble(stage: Stage, manifest: FlowManifest, variant: Variant): Promise<Cast> {
    return new Cast(stage, manifest, variant, await stage.openLab());
  }

  /** A new client in this lab, with nothing but what is given to it. */
  device(held: Partial<Captured> = {}): Device {
    return createDevice({ ...this.#stage, ...held, cookies: [this.labCookie, ...(held.cookies ?? [])] });
  }

  async perform(step: ExperimentStep): Promise<void> {
    const reply = await this.#act(step);
    const { actor, ...rest } = step;
    const action = Object.values(rest).join(" ");
    this.reports.push({
      actor,
      action,
      ...(reply && { status: reply.status, ...(reply.code && { code: reply.code }) }),
    });
  }

  /** Gives the lab back; nothing of it is needed any more. */
  async close(): Promise<void> {
    await this.device().send("POST", "/api/lab/reset");
  }

  #act(step: ExperimentStep): Promise<Reply | null> {
    const api = `/api/${this.#manifest.id}`;
    switch (step.does) {
      case "log-in":
        return this.#logIn(this.victim, "alice");
      case "log-out":
        return this.victim.send("POST", `${api}/logout`, refreshBody(this.victim));
      case "revoke":
        return this.victim.send("POST", `${api}/revoke`, { scope: step.scope });
      case "refresh":
        return this.victim.send("POST", `${api}/refresh`, refreshBody(this.victim));
      case "change-password":
        return this.#changePassword();
      case "set-role":
        return this.#setRole(step.role);
      case "advance":
        return this.advance(step.seconds);
      case "forge":
        return this.#forge(step.as);
      case "capture":
        this.captured = { ...this.victim, cookies: this.#credentials() };
        return Promise.resolve(null);
    }
  }

  advance(seconds: number): Promise<Reply> {
    this.elapsedSeconds += seconds;
    return this.device().send("POST", "/api/lab/clock", { advanceSeconds: seconds });
  }

  async #forge(as: string): Promise<null> {
    const [from = {}, to = {}] = [await this.#person("alice"), await this.#person(as)];
    const rewritten = (value: string | null) =>
      value === null ? [] : forgeries(value, { from: identityIn(from), to: { ...identityIn(to), username: as } });
    const { cookies, accessToken, refreshToken } = this.captured;
    const inCookies = [...cookies].flatMap(([name, value]) =>
      rewritten(value).map((each) => ({ ...nothing, cookies: new Map([[name, each]]) })),
    );
    const inHeader = rewritten(accessToken).map((each) => ({ ...nothing, accessToken: each }));
    const inBody = rewritten(refreshToken).map((each) => ({ ...nothing, refreshToken: each }));
    this.forged = { as, credentials: [...inCookies, ...inHeader, ...inBody] };
    return null;
  }

  /** The cookies of the flow under test. */
  #credentials(): Map<string, string> {
    const names: readonly string[] = this.#manifest.cookies.map(({ name }) => name);
    return new Map([...this.victim.cookies].filter(([name]) => names.includes(name)));
  }

  async #logIn(device: Device, username: string): Promise<Reply> {
    const password = (await this.#person(username))?.["password"];
    return device.send("POST", `/api/${this.#manifest.id}/login`, { username, password, variant: this.#variant.id });
  }

  async #changePassword(): Promise<Reply> {
    const current = (await this.#person("alice"))?.["password"];
    return this.victim.send("POST", "/api/account/password", { current, next: nextPassword });
  }

  async #setRole(role: Role): Promise<Reply> {
    if (!this.#admin) {
      this.#admin = this.device();
      await this.#logIn(this.#admin, "admin");
    }
    this.role = role;
    const id = (await this.#person("alice"))?.["id"];
    return this.#admin.send("POST", `/api/admin/users/${id}/role`, { role });
  }

  async #person(username: string): Promise<Record<string, unknown> | undefined> {
    const { body } = await this.device().send("GET", "/api/lab");
    const people: unknown = body["people"];
    return Array.isArray(people) ? people.find((person) => person.username === username) : undefined;
  }
}

/** Of what was captured, only what travels as this credential does; `null`: that was not captured. */
export function carrying(holding: Holding | undefined, captured: Captured): Captured | null {
  if (holding?.travels === "cookie") {
    const value = captured.cookies.get(holding.cookie);
    return value === undefined ? null : { ...nothing, cookies: new Map([[holding.cookie, value]]) };
  }
  const { accessToken, refreshToken } = captured;
  if (holding?.travels === "bearer") return accessToken === null ? null : { ...nothing, accessToken };
  return refreshToken === null ? null : { ...nothing, refreshToken };
}

/** What stands in credentials of a person; none of it is a secret. */
function identityIn({ id, username, displayName, role }: Record<string, unknown>) {
  return { id, username, displayName, role };
}
