// Patterns of the files in a rule, in the form of dependency-cruiser: paths from the project's root.

/** Tests and their helpers. They may import the implementation behind a port that they test. */
export const tests = ["\\.test\\.tsx?$", "(^|[/.])contract\\.ts$", "^lib/testing/", "^e2e/"];

/** All files of the project. */
export const local = "^(app|e2e|lib|prisma|scripts)/|^[^/]+\\.ts$";

/** A package, under node_modules when it is installed and under its bare name when it is not. */
export const named = (...names) => `(^|node_modules/)(@types/)?(${names.join("|")})(/|$)`;
