import { holdToFlowContract } from "../../testing/flow-contract.ts";
import { createHybridFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

holdToFlowContract({ manifest, create: createHybridFlow });
