import { holdToFlowContract } from "../../testing/flow-contract.ts";
import { createServerSessionFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

holdToFlowContract({ manifest, create: createServerSessionFlow });
