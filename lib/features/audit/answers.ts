import { z } from "zod";
import { instant } from "../../http/openapi/shapes.ts";
import type { AuditView } from "../../lab/lab-view.ts";
import { type HistoryView, historyEvents } from "./model.ts";

const text = z.string().nullable();

export const auditAnswer = z
  .strictObject({
    events: z.array(
      z.strictObject({
        id: z.int(),
        at: instant,
        type: z.string(),
        user: text,
        flow: text,
        variant: text,
        detail: text,
        device: text,
        ip: text,
        recordId: text,
      }),
    ),
    next: z.int().nullable(),
  })
  .meta({ id: "Audit", description: "One page of what happened in a lab." }) satisfies z.ZodType<AuditView>;

export const historyAnswer = z
  .strictObject({
    logins: z.array(
      z.strictObject({
        id: z.int(),
        at: instant,
        event: z.enum(historyEvents),
        flow: text,
        variant: text,
        device: text,
        ip: text,
        alert: text,
        uses: z
          .array(
            z.strictObject({
              kind: z.enum(["access", "refresh"]),
              token: z.string(),
              firstAt: instant,
              lastAt: instant,
              device: z.string(),
              ip: z.string(),
            }),
          )
          .nullable(),
      }),
    ),
    next: z.int().nullable(),
  })
  .meta({ id: "History", description: "One page of somebody's logins." }) satisfies z.ZodType<HistoryView>;
