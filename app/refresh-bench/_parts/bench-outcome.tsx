import { type BenchMeasure, type BenchRun, isSeen } from "@/lib/features/refresh-bench/model.ts";
import { Card } from "../../_ui/card.tsx";
import { StatusWords } from "../../_ui/status-words.tsx";
import { lastAnswerOf, outcomeWords } from "./bench-words.ts";

/** The outcome of this run, with the last answers of owner and thief. */
export function BenchOutcomeCard({ run, measures }: { run: BenchRun; measures: readonly BenchMeasure[] }) {
  const told = measures.filter((measure) => isSeen(run, measure));
  const [owner, thief] = [lastAnswerOf(run.steps, "tab-1"), lastAnswerOf(run.steps, "thief")];
  return (
    <Card title="What it came to" label="What it came to">
      <div role="status">
        <ul className="grid gap-1.5 text-13">
          {outcomeWords(run.outcome, told).map(({ measure, bad, words }) => (
            <li
              key={measure}
              className={`rounded-lg px-2.5 py-1.5 ${bad ? "bg-refused-ground text-refused" : "bg-accepted-ground text-accepted"}`}
            >
              {words}
            </li>
          ))}
        </ul>
      </div>
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-dim">
        {owner && (
          <span>
            Owner’s last answer: <StatusWords {...owner} />
          </span>
        )}
        {thief && (
          <span>
            Thief’s last answer: <StatusWords {...thief} />
          </span>
        )}
      </p>
    </Card>
  );
}
