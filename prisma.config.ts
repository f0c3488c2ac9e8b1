import { defineConfig } from "prisma/config";

/** For Prisma's own commands. The application migrates by itself: see lib/stores/prisma/migrate.ts. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env["DATABASE_URL"] ?? "file:./data/loginscope.db" },
});
