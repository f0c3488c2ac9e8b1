import { readdirSync, readFileSync } from "node:fs";

/** CPU time of a process and its child processes in milliseconds: proc_pid_stat(5), in ticks of 10 ms. */
export function cpuUsed(process: number): number {
  const processes = readdirSync("/proc").flatMap((pid) => {
    const stat = /^\d+$/.test(pid) ? statOf(pid) : null;
    if (stat === null) return [];
    const [, parent, ...fields] = stat.split(") ").at(-1)?.split(" ") ?? [];
    return [{ pid, parent, ticks: Number(fields[9]) + Number(fields[10]) }];
  });
  const below = (pid: string): number =>
    processes.filter((each) => each.parent === pid).reduce((sum, each) => sum + each.ticks + below(each.pid), 0);
  const own = processes.find(({ pid }) => pid === String(process));
  return own ? (own.ticks + below(own.pid)) * 10 : 0;
}

/** `null`: the process has ended meanwhile. */
function statOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
}
