-- What drizzle-kit 0.31.11 generates for sqlite-forms.ts with casing snake_case.
CREATE TABLE `every_type` (
	`integer` integer DEFAULT -5,
	`boolean` integer DEFAULT true,
	`timestamp` integer,
	`timestamp_ms` integer DEFAULT (unixepoch() * 1000),
	`real` real DEFAULT 1.5,
	`numeric` numeric DEFAULT '2.5',
	`numeric_number` numeric DEFAULT 2.5,
	`numeric_bigint` numeric,
	`text` text DEFAULT 'it''s',
	`text_length` text(20),
	`text_enum` text DEFAULT 'a',
	`text_json` text DEFAULT '{"a":1}',
	`blob` blob,
	`blob_buffer` blob,
	`blob_json` blob,
	`blob_bigint` blob,
	`now` text DEFAULT CURRENT_TIMESTAMP,
	`enclosed` text DEFAULT (lower('X')),
	`custom` VARCHAR(7)
);
CREATE TABLE `members` (
	`user_id` integer NOT NULL,
	`org_id` integer NOT NULL,
	PRIMARY KEY(`user_id`, `org_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `orgs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL
);
CREATE TABLE `single` (
	`a` integer PRIMARY KEY,
	`b` text
);
CREATE TABLE `users` (
	`id` integer PRIMARY KEY NOT NULL,
	`org_id` integer,
	`manager_id` integer,
	`email` text NOT NULL,
	`nick_name` text,
	`first_name` text,
	`last_name` text,
	`full_name` text GENERATED ALWAYS AS (first_name || ' ' || last_name) VIRTUAL,
	`stored` text GENERATED ALWAYS AS (upper(email)) STORED,
	FOREIGN KEY (`org_id`) REFERENCES `orgs`(`id`) ON UPDATE set null ON DELETE cascade,
	FOREIGN KEY (`manager_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "email_has_at" CHECK(email like '%@%'),
	CONSTRAINT "org_positive" CHECK("users"."org_id" > 0)
);
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);
CREATE UNIQUE INDEX `nick` ON `users` (`nick_name`);
CREATE INDEX `by_org` ON `users` (`org_id`);
CREATE UNIQUE INDEX `by_lower_email` ON `users` (lower("email")) WHERE "users"."org_id" is not null;
CREATE INDEX `created` ON `users` (`nick_name`);
CREATE UNIQUE INDEX `users_org_id_email_unique` ON `users` (`org_id`,`email`);
CREATE UNIQUE INDEX `names` ON `users` (`first_name`,`last_name`);
CREATE VIEW `active_users` AS select "id", "name" from "orgs" where "orgs"."name" = 'it''s';
