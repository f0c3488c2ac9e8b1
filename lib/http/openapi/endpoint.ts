import { z } from "zod";
import type { Endpoints } from "../operation.ts";
import { json } from "../problem.ts";
import { asJson } from "./content.ts";

/** `write` creates the document on first need, since the document describes the table that contains this address. */
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
