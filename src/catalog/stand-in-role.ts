/** The comment by which a role is known that is only there because a schema names it and nothing makes it. */
export const standInComment = "Stands in for a role that the schema names and does not make. Made by Keelson.";
