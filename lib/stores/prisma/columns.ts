import { Prisma } from "./generated/client.ts";

/**
 * All columns of a table, by name. A statement that names them has the same columns whatever becomes of its tables, so
 * they are asked for once. With `*` they are asked for at each run, which costs four times what the run does.
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
