import { existsSync, readdirSync, readFileSync } from "node:fs";

/** CPU time of a process and its child processes in milliseconds: proc_pid_stat(5), in ticks of 10 ms. */
export function cpuUsed(process: number): number {
  const processes = readdirSync("/proc").flatMap((pid) => {
    const path = `/proc/${pid}/stat`;
    if (!/^\d+$/.test(pid) || !existsSync(path)) return [];
    const [, parent, ...fields] = readFileSync(path, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return [{ pid, parent, ticks: Number(fields[9]) + Number(fields[10]) }];
  });
  const below = (pid: string): number =>
    processes.filter((each) => each.parent === pid).reduce((sum, each) => sum + each.ticks + below(each.pid), 0);
  const own = processes.find(({ pid }) => pid === String(process));
  return own ? (own.ticks + below(own.pid)) * 10 : 0;
}
