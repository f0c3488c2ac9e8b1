import type { z } from "zod";
import type { FlowModule } from "../core/flow.ts";
import type { FlowId, VariantId } from "../core/ids.ts";
import type { Grant } from "../core/login.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { Client, FlowRequest } from "../core/request.ts";
import type { Plug } from "../lab/feed/plug.ts";
import type { Application, LabContext, StepRecorder } from "./application.ts";
import type { Answers } from "./openapi/content.ts";
import type { ProblemExtras } from "./problem.ts";
import type { RequestJar } from "./request/cookie-jar.ts";
import type { Query } from "./request/query.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One address of the interface: its operations, by method. Every address is answered by `answer`, so each check applies
 * to all.
 */
export type Endpoint = { readonly [M in Method]?: Operation };

/** Addresses, each as a pattern of path segments below `/api`: `:name` matches one, `:name*` at the end one or more. */
export type Endpoints = Readonly<Record<string, Endpoint>>;

export type Operation = {
  /** A few words for the list of addresses. */
  readonly summary: string;
  /** More details for clients. */
  readonly description?: string;
  /** The schema of the body; absent: no body. */
  readonly body?: z.ZodType;
  /**
   * The parameters behind the `?`. The operation parses them itself, after it has refused callers without the right to
   * ask.
   */
  readonly query?: Query;
  /**
   * The body is a form, for OAuth clients (RFC 6749 §3.2), and the schema sees its fields as they came. A form of
   * another site can send one too: such an operation goes by no cookie, only by what `Authorization` proves.
   */
  readonly form?: true;
  /**
   * Whose credential it needs; absent: none. `renewal`: a credential that renews a login is enough. `lab-or-admin`:
   * none in lab mode, elsewhere an admin's. `gateway`: only the gateway's internal token.
   */
  readonly by?: "login" | "renewal" | "any-login" | "admin" | "lab-or-admin" | "lab-client" | "gateway";
  /** The name of a cookie that it needs in addition to the login. */
  readonly beside?: string;
  /** The name of a cookie that it reads if it comes along, and does not need. */
  readonly reads?: string;
  /** The answers by status. A test that receives any other answer fails. */
  readonly answers: Answers;
  /** Its own refusals, besides those that follow from its body, its lab and its credential. */
  readonly refuses?: readonly RefusalCode[];
  /**
   * `start`: a visitor without a lab gets one; it is written unless the method is GET. `named`: the lab that the request
   * names, if any.
   */
  readonly lab: "start" | "named" | "none";
  /** Exists only in lab mode. */
  readonly labModeOnly?: boolean;
  /** Plays experiments or attacks in labs of its own, which takes seconds. A program that tries every address asks rarely. */
  readonly plays?: true;
  /** Only reads the lab, so pages that watch the lab are not told of it. */
  readonly quiet?: boolean;
  run(call: Call): Promise<Answer>;
};

/** An operation with a body: `run` gets the body as its schema parsed it. */
export function operation<Body extends z.ZodType>(
  given: Omit<Operation, "body" | "run"> & {
    readonly body: Body;
    run(call: Call<z.output<Body>>): Promise<Answer>;
  },
): Operation {
  return given;
}

/** One request on its way through the edge. */
export type Call<Body = unknown> = {
  readonly app: Application;
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  /** The body, as the operation's schema parsed it. */
  readonly body: Body;
  readonly context: LabContext | null;
  readonly jar: RequestJar;
  readonly flowRequest: FlowRequest;
  /** The names of the flows' cookies that came several times and are of two people. */
  readonly ambiguous: ReadonlySet<string>;
  readonly client: Client;
  readonly trace: StepRecorder | null;
  /** Tells this exchange in that lab, for a request that was assigned to the lab without its cookie. */
  readonly watch: (context: LabContext) => StepRecorder | null;
  readonly about: About;
};

/** What the operation says of itself. */
export type About = {
  /** For the recording: the flow and variant concerned, and the lab that is told. */
  flow: FlowId | null;
  variant: VariantId | null;
  toldIn: LabContext | null;
  /** What it did that should end logins. */
  plug?: Plug;
  /** What it handed to a browser. `begins`: with it a login begins; otherwise one goes on. */
  handed?: { readonly grant: Grant; readonly begins: boolean };
};

export type Answer = Response | ({ readonly ok: false; readonly code: RefusalCode } & ProblemExtras);

/** The operations of an address, by method. */
export type Operations = ReadonlyMap<string, Operation>;

/** Those that exist in this mode. */
export function operationsOf(endpoint: Endpoint, labMode: boolean): Operations {
  return new Map(Object.entries(endpoint).filter(([, { labModeOnly }]) => labMode || !labModeOnly));
}

/** The same addresses below the name of each flow. */
export function belowEachFlow(flows: readonly FlowModule[], endpointsOf: (module: FlowModule) => Endpoints): Endpoints {
  return Object.fromEntries(
    flows.flatMap((module) =>
      Object.entries(endpointsOf(module)).map(([path, endpoint]) => [`${module.manifest.id}/${path}`, endpoint]),
    ),
  );
}
