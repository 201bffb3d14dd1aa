-- keelson
-- id: 334d865d75f2
-- parents: 614e5947b1ff
-- message: Add foreign keys to users
-- created: 2026-03-02T15:45:30Z
-- proof: up and down, PostgreSQL 18, sha256 a8776640588de4c2

-- keelson:up
ALTER TABLE public.audit_logs ADD CONSTRAINT audit_logs_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE public.conversation_history ADD CONSTRAINT conversation_history_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE public.synthesis_tasks ADD CONSTRAINT synthesis_tasks_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE public.user_preferences ADD CONSTRAINT uq_user_preferences_user_id_preference_key UNIQUE (user_id, preference_key);

ALTER TABLE public.user_preferences ADD CONSTRAINT user_preferences_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

-- keelson:down
ALTER TABLE public.audit_logs DROP CONSTRAINT audit_logs_user_id_users_id_fk;

ALTER TABLE public.conversation_history DROP CONSTRAINT conversation_history_user_id_users_id_fk;

ALTER TABLE public.synthesis_tasks DROP CONSTRAINT synthesis_tasks_user_id_users_id_fk;

ALTER TABLE public.user_preferences DROP CONSTRAINT uq_user_preferences_user_id_preference_key;

ALTER TABLE public.user_preferences DROP CONSTRAINT user_preferences_user_id_users_id_fk;
