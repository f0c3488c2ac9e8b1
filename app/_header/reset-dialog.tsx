"use client";

import useSWR from "swr";
import type { LabView } from "@/lib/lab/lab-view.ts";
import type { MatrixView } from "@/lib/lab/played-cells.ts";
import { read } from "../_browser/answer-error.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { Button } from "../_ui/controls/button.tsx";
import { Dialog } from "../_ui/controls/dialog.tsx";
import { loginsIn } from "./logins-in.ts";

type ResetDialogProps = {
  readonly view: LabView;
  readonly flows: readonly FlowInfo[];
  readonly onReset: () => void;
  readonly onClose: () => void;
};

/** Says what a reset deletes, and asks before it does. */
export function ResetDialog({ view, flows, onReset, onClose }: ResetDialogProps) {
  const { data, error } = useSWR("/api/lab/matrix", (path) => read<MatrixView>(path), { shouldRetryOnError: false });
  const reset = (close: () => void) => {
    close();
    onReset();
  };
  return (
    <Dialog title="Reset this lab?" onClose={onClose}>
      {(close) => (
        <div className="grid gap-3">
          <p className="text-13">A new lab takes its place. With this one go, and none of it comes back:</p>
          <ul className="list-disc pl-5 text-13" aria-label="What a reset deletes" aria-busy={!data && !error}>
            <li>{counted(loginsIn(view, flows), "live login", "live logins")} that this page shows</li>
            <li>{cellWords(data?.cells.length)} of the matrix “Who still gets in?”</li>
            <li>the settings, keys and people of the lab, its clock, its exchanges and its events</li>
          </ul>
          <div className="flex justify-end gap-2">
            <Button onPress={close}>Keep this lab</Button>
            <Button kind="primary" onPress={() => reset(close)}>
              Reset it
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function cellWords(played: number | undefined): string {
  return played === undefined ? "the played cells" : counted(played, "played cell", "played cells");
}

function counted(count: number, one: string, several: string): string {
  return count === 0 ? `no ${one}` : `${count} ${count === 1 ? one : several}`;
}
