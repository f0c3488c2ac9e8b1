export type Task = {
  /** The name of a resource. Two tasks with the same resource take turns. */
  readonly holds: string | undefined;
  run(): Promise<void>;
};

/**
 * Runs tasks at the same time, up to a limit. They start in order,
 * except for tasks that wait for a resource of another task.
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
