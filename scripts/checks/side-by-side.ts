export type Task = {
  /** Two tasks that hold the same thing take turns. */
  readonly holds: string | undefined;
  run(): Promise<void>;
};

/**
 * Runs tasks at the same time, so many at most. They begin in
 * order, but for those that wait for what another one holds.
 */
export async function sideBySide(tasks: readonly Task[], atOnce: number): Promise<void> {
  const waiting = [...tasks];
  const running = new Map<Task, Promise<unknown>>();
  const canBegin = ({ holds }: Task) =>
    running.size < atOnce && (holds === undefined || [...running.keys()].every((other) => other.holds !== holds));

  while (waiting.length + running.size > 0) {
    const index = waiting.findIndex(canBegin);
    const [task] = index < 0 ? [] : waiting.splice(index, 1);
    if (task)
      running.set(
        task,
        task.run().finally(() => running.delete(task)),
      );
    else await Promise.race(running.values());
  }
}
