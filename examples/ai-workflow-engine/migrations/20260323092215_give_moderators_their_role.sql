-- keelson
-- id: 0c353bf47e78
-- parents: 855b5457133f
-- message: give moderators their role
-- created: 2026-03-23T09:22:15Z
-- proof: up and down, PostgreSQL 15, sha256 5987b5fdc88bface

-- keelson:up
SELECT set_security_context(NULL, 'migration');

INSERT INTO roles (name, description) VALUES ('moderator', 'Looks after what others write');

-- keelson:down
SELECT set_security_context(NULL, 'migration');

-- Who is a moderator becomes a user; going up again does not make anybody a moderator.
UPDATE users SET role = 'user' WHERE role = 'moderator';
DELETE FROM roles WHERE name = 'moderator';

-- keelson:verify
SELECT name FROM unnest(enum_range(NULL::user_role)) AS name WHERE name NOT IN (SELECT name FROM roles);
