import { z } from "zod";
import { publicJwks } from "../adapters/jose-signer.ts";
import { createMemoryLimiter } from "../adapters/memory-limiter.ts";
import type { FlowManifest } from "../core/variant.ts";
import { accountEndpoints } from "../features/account/account-endpoints.ts";
import { dataEndpoints } from "../features/account/data-endpoints.ts";
import { gatewayEndpoints, serviceEndpoints } from "../features/account/gateway-endpoints.ts";
import { paymentEndpoints } from "../features/account/payment-endpoints.ts";
import { sensitiveEndpoints } from "../features/account/sensitive-endpoints.ts";
import { personEndpoints } from "../features/admin/admin-endpoints.ts";
import { peopleEndpoints } from "../features/admin/people-endpoint.ts";
import { csrfEndpoints } from "../features/attacks/csrf/endpoints.ts";
import { attackEndpoints } from "../features/attacks/endpoints.ts";
import { fixationEndpoints } from "../features/attacks/fixation/endpoints.ts";
import { type ForgeryPorts, forgeryEndpoints } from "../features/attacks/forgery/endpoints.ts";
import { type GuessingPorts, guessingEndpoints } from "../features/attacks/guessing/endpoints.ts";
import { leakedKeyEndpoints } from "../features/attacks/leaked-key/endpoints.ts";
import { theftEndpoints } from "../features/attacks/theft/endpoints.ts";
import { tossingEndpoints } from "../features/attacks/tossing/endpoints.ts";
import { xssEndpoints } from "../features/attacks/xss/endpoints.ts";
import { auditEndpoints } from "../features/audit/audit-endpoint.ts";
import { historyEndpoints } from "../features/audit/history-endpoint.ts";
import { createBench } from "../features/bench/bench.ts";
import { benchEndpoints } from "../features/bench/endpoints.ts";
import { comparisonEndpoints } from "../features/compare/endpoints.ts";
import { cookieLabEndpoints } from "../features/cookie-lab/endpoints.ts";
import { tryEndpoints } from "../features/credential/endpoints.ts";
import { createDevices } from "../features/devices/devices.ts";
import { deviceEndpoints } from "../features/devices/endpoints.ts";
import { labAnswer } from "../features/lab-controls/answers.ts";
import { type LabControls, labEndpoints } from "../features/lab-controls/endpoints.ts";
import { settingsAnswer } from "../features/lab-controls/settings-schemas.ts";
import { lessonEndpoints } from "../features/lessons/endpoints.ts";
import { loginEndpoints } from "../features/logins/endpoints.ts";
import { experimentEndpoints, matrixEndpoints } from "../features/matrix/endpoints.ts";
import { createExperiments } from "../features/matrix/play-one.ts";
import { type AuthorizationServer, oauthEndpoints } from "../features/oauth/endpoints.ts";
import { raceEndpoints } from "../features/race/endpoints.ts";
import { createRaces } from "../features/race/races.ts";
import { refreshBenchEndpoints } from "../features/refresh-bench/endpoints.ts";
import { takeAwayEndpoints } from "../features/take-away/endpoints.ts";
import type { LabContext } from "../http/application.ts";
import { openApiDocument } from "../http/openapi/document.ts";
import { openApiEndpoints } from "../http/openapi/endpoint.ts";
import { belowEachFlow, type Endpoints } from "../http/operation.ts";
import { type EndpointTable, joinEndpoints } from "../http/router.ts";
import type { Stage } from "../lab/stage.ts";
import { createGuessingBench } from "./attacks/guessing-bench.ts";
import type { BenchParts } from "./bench/bench-parts.ts";
import type { CleanUp } from "./clean-up.ts";
import { forgeryKeys, forgeryKeysOf } from "./forgery-keys.ts";
import type { Foundation } from "./foundation.ts";
import { healthEndpoints } from "./health.ts";
import type { Instruments } from "./instruments.ts";
import { leakIn, leakOf } from "./labs/leaked-keys.ts";
import { countLab } from "./view/counts.ts";
import { viewDecoded, viewLab } from "./view/view-lab.ts";

export type EndpointOptions = Foundation &
  Instruments & {
    readonly cleanUp: CleanUp;
    readonly stage: Stage;
    /** Without a socket, so that a play can say from which address a request comes. */
    readonly insideStage: Stage;
    readonly manifests: readonly FlowManifest[];
    /** `null`: this process is not measured. */
    readonly bench: Pick<BenchParts, "process"> | null;
  };

/** The one list of addresses. A feature adds one line. The documents use the same order. */
export function endpointTable(options: EndpointOptions): EndpointTable {
  const { env, flows, lessons, matrix, measurements, refreshBench, cleanUp, attacks, csrf, tossing, xss } = options;
  const experiments = createExperiments({ ...options, keep: matrix.keep });
  const devices = createDevices({ ...options.stage, memory: options.memory });
  const playedIn = async (labId: string) => (await matrix.view(labId)).cells;
  const features: readonly Endpoints[] = [
    belowEachFlow(flows, loginEndpoints),
    belowEachFlow(flows, sensitiveEndpoints),
    belowEachFlow(flows, dataEndpoints),
    belowEachFlow(flows, gatewayEndpoints),
    serviceEndpoints,
    belowEachFlow(flows, paymentEndpoints),
    accountEndpoints,
    historyEndpoints,
    personEndpoints,
    peopleEndpoints((context) => countLab(options, context, cleanUp.last())),
    auditEndpoints,
    oauthEndpoints(authorizationServer(options)),
    takeAwayEndpoints,
    comparisonEndpoints({ measurements, playedIn }),
    healthEndpoints(options),
    openApiEndpoints(() => openApiDocument({ flows, labMode: env.labMode, origin: env.origin }, table)),
    labEndpoints(labControls(options)),
    deviceEndpoints(devices),
    cookieLabEndpoints,
    tryEndpoints((context, flow, credential) => viewDecoded(options, context, flow, credential)),
    forgeryEndpoints(forgeryPorts(options)),
    guessingEndpoints(guessingPorts(options)),
    leakedKeyEndpoints(leakPorts(options)),
    theftEndpoints(options.insideStage),
    fixationEndpoints(options.stage),
    attackEndpoints(attacks),
    csrfEndpoints(csrf, attacks),
    tossingEndpoints(tossing, attacks),
    xssEndpoints(xss, attacks),
    raceEndpoints(createRaces(options)),
    lessonEndpoints(lessons, paneShapes()),
    experimentEndpoints(experiments),
    matrixEndpoints(matrix),
    refreshBenchEndpoints(refreshBench, refreshBenchLimits()),
    ...benchOf(options),
  ];

  const table = joinEndpoints(features);
  return table;
}

function benchOf({ bench, insideStage: stage, manifests, systemClock }: EndpointOptions): readonly Endpoints[] {
  return bench ? [benchEndpoints(createBench({ ...bench, stage, manifests, systemClock }))] : [];
}

function forgeryPorts(options: EndpointOptions): ForgeryPorts {
  return {
    stage: options.stage,
    keysOf: forgeryKeysOf(options),
    keysIn: ({ lab }, variant) => forgeryKeys(options, lab, variant),
  };
}

function guessingPorts(options: EndpointOptions): GuessingPorts {
  return { bench: createGuessingBench(options), limit: createMemoryLimiter({ points: 6, seconds: 60 }) };
}

function leakPorts(options: EndpointOptions) {
  return {
    stage: options.stage,
    leakIn: (context: LabContext) => leakIn(options, context),
    leakOf: leakOf(options),
  };
}

function labControls(options: EndpointOptions): LabControls {
  const { labContexts, copies, cleanUp } = options;
  return {
    copies: ({ lab }) => copies.view(lab.id),
    view: (context, request) => viewLab(options, context, request),
    advanceClock: ({ lab }, by, bound) => labContexts.advanceClock(lab.id, by, bound),
    changeSettings: ({ lab }, change) => labContexts.changeSettings(lab.id, change),
    rotateKeys: ({ lab }, overlap) => labContexts.rotateKeys(lab.id, overlap),
    reset: ({ lab }) => cleanUp.remove(lab),
  };
}

/** What a lesson's panes show is answered in the shapes of `GET /api/lab`. */
function paneShapes() {
  const { clock, people, variants, held } = labAnswer.shape;
  const { cookies = z.never() } = settingsAnswer.shape;
  return { clock, people, variants, held, cookies };
}

function authorizationServer({ labContexts }: Foundation): AuthorizationServer {
  return {
    jwks: ({ lab }) => publicJwks(labContexts.signingKeys(lab)),
    algorithms: ({ lab }) => labContexts.algorithms(lab),
    clients: ({ lab }) => labContexts.oauthClients(lab),
  };
}

function refreshBenchLimits() {
  return {
    run: createMemoryLimiter({ points: 240, seconds: 60 }),
    count: createMemoryLimiter({ points: 20, seconds: 60 }),
  };
}
