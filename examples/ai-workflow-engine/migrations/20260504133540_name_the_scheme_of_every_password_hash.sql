-- keelson
-- id: ca46ff783919
-- parents: dab09914e30c
-- message: name the scheme of every password hash
-- created: 2026-05-04T13:35:40Z
-- proof: up and down, PostgreSQL 15, sha256 ca73eb7d8262dce7

-- keelson:up
-- The audit log tells these changes from those of people.
SELECT set_security_context(NULL, 'migration');

UPDATE users
SET password_scheme = CASE WHEN password_hash LIKE '$argon2id$%' THEN 'argon2id' ELSE 'bcrypt' END::password_scheme
WHERE password_hash ~ '^[$](argon2id|2[aby])[$]';

-- keelson:down
SELECT set_security_context(NULL, 'migration');

UPDATE users SET password_scheme = 'unknown' WHERE password_scheme <> 'unknown';

-- keelson:verify
SELECT id FROM users WHERE password_scheme = 'unknown' AND password_hash ~ '^[$](argon2id|2[aby])[$]' LIMIT 10;
