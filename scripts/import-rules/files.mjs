// Which files a rule speaks of, as dependency-cruiser wants them: patterns of paths from the project's root.

/** Tests, and what only tests use: they may look behind the ports that they test. */
export const tests = ["\\.test\\.tsx?$", "(^|[/.])contract\\.ts$", "^lib/testing/", "^e2e/"];

/** Everything that is ours. */
export const local = "^(app|e2e|lib|prisma|scripts)/|^[^/]+\\.ts$";

/** A package, under node_modules when it is installed and under its bare name when it is not. */
export const named = (...names) => `(^|node_modules/)(@types/)?(${names.join("|")})(/|$)`;
