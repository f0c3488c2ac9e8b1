import { holdToFlowContract } from "../../testing/flow-contract.ts";
import { createMemoryJwtFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

holdToFlowContract({ manifest, create: createMemoryJwtFlow });
