import { type CaseDatabase, serverDatabase } from "./case-database.ts";

/** A database on the same server as another one, of a superuser with another name, whose session it has. */
export async function openAnother(beside: CaseDatabase): Promise<CaseDatabase> {
  await beside.session.query('CREATE ROLE "Another Owner" SUPERUSER LOGIN').catch(() => undefined);
  const url = new URL(beside.url);
  url.username = encodeURIComponent("Another Owner");
  return await serverDatabase(url.href);
}
