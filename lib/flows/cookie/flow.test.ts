import { holdToFlowContract } from "../../testing/flow-contract.ts";
import { createCookieFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

holdToFlowContract({ manifest, create: createCookieFlow });
