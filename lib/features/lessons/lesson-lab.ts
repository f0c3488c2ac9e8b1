import type { CredentialKind } from "../../core/credential.ts";
import { holdingOf } from "../../core/credential.ts";
import type { FlowId } from "../../core/ids.ts";
import { isRefusalCode } from "../../core/refusal.ts";
import { type Instant, second } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { type Captured, carrying } from "../../lab/captured.ts";
import { createDevice, type Device, type Reply, refreshBody } from "../../lab/device.ts";
import type { Exchange } from "../../lab/feed/exchange.ts";
import type { LabView } from "../../lab/lab-view.ts";
import type { Stage } from "../../lab/stage.ts";
import type { Holder } from "./model.ts";
import { flowsIn, type LessonAct, type Story } from "./story.ts";

const newPassword = "a quite different horse";
/** So that the server's record names a browser, as it would for a person. */
const browserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const thiefAgent = "a-thief/1";
/** Requests of alice's browser that are kept for the panes. */
const exchangesKept = 24;

/** A flow of a story, with the variant that it is played with. */
type PlayedFlow = { readonly id: FlowId; readonly manifest: FlowManifest; readonly variant: Variant };

/** What an act was answered, in one flow. */
export type ActAnswer = { readonly act: LessonAct["does"]; readonly flow: FlowId; readonly reply: Reply };

/** What a look at one credential found. */
export type Found =
  | { readonly accepted: true; readonly until: Instant }
  | { readonly accepted: false; readonly code: Reply["code"]; readonly at: string | null };

/**
 * The lab of one lesson, and the people in it: alice with one browser for all flows, and a thief. All that they do are
 * real requests to this process. The lab's cookie stays here.
 */
export class LessonLab {
  readonly flows: readonly PlayedFlow[];
  readonly #stage: Stage;
  readonly #labCookie: readonly [string, string];
  readonly #browser: Device;
  // Bounded: by the flows.
  readonly #copies = new Map<FlowId, Captured>();
  #accessToken: string | null = null;
  #exchanges: readonly Exchange[] = [];
  /** Milliseconds that the lab's clock was moved. */
  moved = 0;

  private constructor(stage: Stage, flows: readonly PlayedFlow[], labCookie: readonly [string, string]) {
    this.#stage = stage;
    this.flows = flows;
    this.#labCookie = labCookie;
    this.#browser = this.#device({}, browserAgent);
  }

  static async open(stage: Stage, manifests: readonly FlowManifest[], story: Story): Promise<LessonLab> {
    const flows = flowsIn(story).map((id) => playedFlow(manifests, id));
    return new LessonLab(stage, flows, await stage.openLab());
  }

  /** Does it in each flow of the story, and answers what came of it. */
  async act(act: LessonAct): Promise<readonly ActAnswer[]> {
    const stop = this.#stage.watch?.(this.#labCookie);
    try {
      return await this.#perform(act);
    } finally {
      const own = (stop?.() ?? []).filter(({ request }) => sentBy(request.headers) === browserAgent);
      this.#exchanges = [...own.toReversed(), ...this.#exchanges].slice(0, exchangesKept);
    }
  }

  /** Looks at a credential and changes nothing. `null`: this person does not hold one. */
  async look(holder: Holder, flow: FlowId, credential: CredentialKind): Promise<Found | null> {
    const value = valueIn(this.#held(holder, flow, credential));
    if (value === null) return null;
    const asked = { flow, credential: value, as: credential };
    const { status, body } = await this.#device({}, thiefAgent).send("POST", "/api/lab/try", asked);
    if (status !== 200) throw new Error(`A look at a credential of a lesson was answered ${status}`);
    if (body["accepted"] === true) return { accepted: true, until: Date.parse(String(body["expiresAt"])) };
    const at = body["at"];
    return { accepted: false, code: codeIn(body), at: typeof at === "string" ? at : null };
  }

  /** The lab as alice's browser sees it. */
  async view(): Promise<LabView> {
    const { status, body } = await this.#send(null, "GET", "/api/lab");
    if (status !== 200 || !isLabView(body)) throw new Error(`The lab of a lesson was answered ${status}`);
    return body;
  }

  /** The requests of alice's browser, newest first. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** Removes the lab. */
  async close(): Promise<void> {
    await this.#device({}, browserAgent).send("POST", "/api/lab/reset");
  }

  #perform(act: LessonAct): Promise<readonly ActAnswer[]> {
    switch (act.does) {
      case "log-in":
        return this.#inEach(act.does, (flow) => this.#logIn(flow, act.password === "new"));
      case "ask":
        return this.#inEach(act.does, ({ id }) => this.#send(id, "GET", `/api/${id}/me`));
      case "log-out":
        return this.#inEach(act.does, ({ id }) => this.#leave(id));
      case "refresh":
        return this.#inEach(act.does, ({ id }) =>
          this.#send(id, "POST", `/api/${id}/refresh`, refreshBody(this.#browser)),
        );
      case "use-copies":
        return this.#inEach(act.does, ({ id }) => this.#thief(id, "access").send("GET", `/api/${id}/me`));
      case "replay-refresh":
        return this.#inEach(act.does, ({ id }) => {
          const thief = this.#thief(id, "refresh");
          return thief.send("POST", `/api/${id}/refresh`, refreshBody(thief));
        });
      default:
        return this.#once(act);
    }
  }

  /** What concerns the whole lab, or asks nobody. */
  async #once(act: LessonAct): Promise<readonly ActAnswer[]> {
    switch (act.does) {
      case "copy":
        for (const { id: flow } of this.flows) this.#copies.set(flow, this.#ownOf(flow));
        return [];
      case "clear-browser":
        this.#browser.cookies.clear();
        this.#browser.cookies.set(...this.#labCookie);
        this.#accessToken = null;
        this.#browser.refreshToken = null;
        return [];
      case "advance":
        this.moved += act.seconds * second;
        await this.#must("/api/lab/clock", { advanceSeconds: act.seconds });
        return [];
      case "rotate-keys":
        await this.#must("/api/lab/keys/rotate", { overlap: false });
        return [];
      default:
        await this.#changePassword();
        return [];
    }
  }

  async #inEach(act: LessonAct["does"], send: (flow: PlayedFlow) => Promise<Reply>): Promise<readonly ActAnswer[]> {
    const answers: ActAnswer[] = [];
    // One after the other, as a page does what can begin or end a login.
    for (const flow of this.flows) answers.push({ act, flow: flow.id, reply: await send(flow) });
    return answers;
  }

  #logIn({ id, variant }: PlayedFlow, renewed: boolean): Promise<Reply> {
    const password = renewed ? newPassword : this.#stage.passwords["alice"];
    return this.#send(id, "POST", `/api/${id}/login`, { username: "alice", password, variant: variant.id });
  }

  async #leave(id: FlowId): Promise<Reply> {
    const reply = await this.#send(id, "POST", `/api/${id}/logout`, refreshBody(this.#browser));
    if (this.#showsToken(id)) this.#accessToken = null;
    return reply;
  }

  /** Asked once, with all that the browser holds: it ends the logins of all flows. The one that asked goes on. */
  async #changePassword(): Promise<void> {
    const body = { current: this.#stage.passwords["alice"], next: newPassword };
    const { status } = await this.#send(null, "POST", "/api/account/password", body);
    if (status >= 300) throw new Error(`The password change of a lesson was answered ${status}`);
  }

  async #must(path: string, body: object): Promise<void> {
    const { status } = await this.#device({}, browserAgent).send("POST", path, body);
    if (status >= 300) throw new Error(`${path} of a lesson was answered ${status}`);
  }

  /** From alice's browser. The page adds its access token where the flow takes one; `flow` null: as the dashboard does. */
  async #send(flow: FlowId | null, method: "GET" | "POST", path: string, body?: object): Promise<Reply> {
    const addsToken = flow === null || this.#showsToken(flow);
    this.#browser.accessToken = addsToken ? this.#accessToken : null;
    const reply = await this.#browser.send(method, path, body);
    // An answer's token is taken into the same variable.
    if (addsToken) this.#accessToken = this.#browser.accessToken;
    return reply;
  }

  #showsToken(flow: FlowId): boolean {
    const { variant } = this.#played(flow);
    return holdingOf(variant, "access")?.travels === "bearer";
  }

  #played(flow: FlowId): PlayedFlow {
    const played = this.flows.find(({ id }) => id === flow);
    if (!played) throw new Error(`This story has no flow ${flow}`);
    return played;
  }

  /** The credentials of one flow in alice's browser. */
  #ownOf(flow: FlowId): Captured {
    const names: readonly string[] = this.#played(flow).manifest.cookies.map(({ name }) => name);
    const cookies = new Map([...this.#browser.cookies].filter(([name]) => names.includes(name)));
    const accessToken = this.#showsToken(flow) ? this.#accessToken : null;
    return { cookies, accessToken, refreshToken: this.#browser.refreshToken };
  }

  #held(holder: Holder, flow: FlowId, credential: CredentialKind): Captured | null {
    const all = holder === "alice" ? this.#ownOf(flow) : (this.#copies.get(flow) ?? null);
    return carrying(holdingOf(this.#played(flow).variant, credential), all);
  }

  /** A client that holds this copy alone. */
  #thief(flow: FlowId, credential: CredentialKind): Device {
    return this.#device(this.#held("thief", flow, credential) ?? {}, thiefAgent);
  }

  #device(held: Partial<Captured>, agent: string): Device {
    const cookies = [this.#labCookie, ...(held.cookies ?? [])];
    return createDevice({ ...this.#stage, ...held, cookies, headers: { "user-agent": agent } });
  }
}

function playedFlow(manifests: readonly FlowManifest[], id: FlowId): PlayedFlow {
  const manifest = manifests.find((each) => each.id === id);
  const variant = manifest?.variants.find((each) => each.id === manifest.defaults.lab);
  if (!manifest || !variant) throw new Error(`A lesson needs the default variant of ${id}`);
  return { id, manifest, variant };
}

/** The value of the one credential that is held. */
function valueIn(held: Captured | null): string | null {
  if (!held) return null;
  const [inCookie] = held.cookies.values();
  return inCookie === undefined ? (held.accessToken ?? held.refreshToken) : decodeURIComponent(inCookie);
}

function codeIn(body: Reply["body"]): Reply["code"] {
  const code = body["code"];
  return isRefusalCode(code) ? code : null;
}

function sentBy(headers: Exchange["request"]["headers"]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === "user-agent")?.[1];
}

/** Our own answer, whose shape the tests of `GET /api/lab` hold. */
function isLabView(body: unknown): body is LabView {
  return typeof body === "object" && body !== null && "held" in body;
}
