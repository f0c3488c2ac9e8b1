import type { LessonFrame, LessonView } from "@/lib/features/lessons/model.ts";
import { type Answer, ask } from "../../_browser/api.ts";

/** Begins a lesson in a new lab, with so many of its steps played. */
export function beginLesson(name: string, played: number): Promise<Answer<LessonView>> {
  return ask("/api/lab/lesson", { method: "POST", body: { name, played } });
}

export function playStep(id: string, step: number): Promise<Answer<LessonFrame>> {
  return ask(`/api/lab/lesson/${id}`, { method: "POST", body: { step } });
}

/** Is sent also while the page goes away. Its answer is not waited for. */
export function leaveLesson(id: string): void {
  void fetch(`/api/lab/lesson/${id}`, { method: "DELETE", keepalive: true }).catch(() => undefined);
}
