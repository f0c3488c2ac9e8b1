import { Prisma } from "./generated/client.ts";

/**
 * All columns of a table, by name. A statement that names its columns keeps them when a table changes, so SQLite is asked
 * for them once. A statement with `*` gets the columns of that moment, so SQLite is asked at each run. Asking costs four
 * times the run.
 */
function named(table: string, fields: Readonly<Record<string, string>>): Prisma.Sql {
  return Prisma.raw(
    Object.values(fields)
      .map((field) => `"${table}"."${field}"`)
      .join(", "),
  );
}

export const columns = {
  lab: named("Lab", Prisma.LabScalarFieldEnum),
  user: named("User", Prisma.UserScalarFieldEnum),
  loginRecord: named("LoginRecord", Prisma.LoginRecordScalarFieldEnum),
  refreshFamily: named("RefreshFamily", Prisma.RefreshFamilyScalarFieldEnum),
};
