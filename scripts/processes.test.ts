import { delimiter } from "node:path";
import { expect, test } from "vitest";
import { finished, project, start } from "./processes.ts";

test("a script starts a program of the project by its name, also where npm did not start the script", async () => {
  const search = process.env["PATH"]?.split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const env = { ...process.env, PATH: search?.join(delimiter) };
  const here = start("next", ["--version"], { env, stdio: "ignore" });
  expect(await finished(here)).toBe(0);
});

test("a program that is started in another folder gets the environment that it was given", async () => {
  const program = `process.exitCode = (process.env.PATH ?? "").includes("node_modules") ? 1 : 0`;
  const env = { NODE_ENV: "test", PATH: "/bin" } as const;
  const elsewhere = start(process.execPath, ["-e", program], { cwd: "/", env, stdio: "ignore" });
  expect(await finished(elsewhere)).toBe(0);
  const here = start(process.execPath, ["-e", program], { cwd: project, env, stdio: "ignore" });
  expect(await finished(here)).toBe(1);
});
