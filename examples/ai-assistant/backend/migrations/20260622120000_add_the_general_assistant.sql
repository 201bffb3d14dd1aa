-- keelson
-- id: 0251a99f86c7
-- parents: fead525bf2f3
-- message: add the general assistant
-- created: 2026-06-22T12:00:00Z
-- proof: up and down, PostgreSQL 18, sha256 b55b45f134073cef

-- keelson:up
-- Somebody to talk to, for projects that name no assistant of their own.
INSERT INTO roles (name, description, system_prompt)
VALUES ('General assistant', 'Helps with anything', 'You are a helpful assistant.');

-- keelson:down
DELETE FROM roles WHERE name = 'General assistant';
