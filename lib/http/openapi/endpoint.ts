import { z } from "zod";
import type { Endpoints } from "../operation.ts";
import { json } from "../problem.ts";
import { asJson } from "./content.ts";

/** `write`: the document, made at first need, since it is about the table that this address stands in. */
export function openApiEndpoints(write: () => object): Endpoints {
  let document: object | null = null;
  return {
    "openapi.json": {
      GET: {
        summary: "This interface as an OpenAPI document",
        description: "Outside lab mode without the addresses that only a lab has.",
        lab: "none",
        answers: { 200: [asJson(z.looseObject({ openapi: z.literal("3.2.0") }))] },
        run() {
          document ??= write();
          return Promise.resolve(json(document));
        },
      },
    },
  };
}
