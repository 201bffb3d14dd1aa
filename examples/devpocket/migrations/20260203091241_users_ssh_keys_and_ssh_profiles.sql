-- keelson
-- id: c2678b9d10f2
-- parents:
-- message: Users, SSH keys and SSH profiles
-- created: 2026-02-03T09:12:41Z
-- proof: up and down, PostgreSQL 18, sha256 f851eb377ed3b809

-- keelson:up
SET LOCAL check_function_bodies = off;

CREATE TYPE public.auth_method AS ENUM ('password', 'key');

CREATE TYPE public.ssh_key_type AS ENUM ('ed25519', 'ecdsa', 'rsa');

CREATE TYPE public.subscription_tier AS ENUM ('free', 'pro');

CREATE TYPE public.user_role AS ENUM ('user', 'admin');

CREATE TABLE public.users (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  email text NOT NULL,
  username text NOT NULL,
  password_hash text NOT NULL,
  full_name text,
  role public.user_role DEFAULT 'user'::public.user_role NOT NULL,
  subscription_tier public.subscription_tier DEFAULT 'free'::public.subscription_tier NOT NULL,
  is_active boolean DEFAULT true NOT NULL,
  is_verified boolean DEFAULT false NOT NULL,
  is_test_user boolean DEFAULT false NOT NULL,
  failed_logins integer DEFAULT 0 NOT NULL,
  locked_until timestamp with time zone,
  last_login_at timestamp with time zone,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_username_unique UNIQUE (username),
  CONSTRAINT users_email_form CHECK ((email ~~ '%_@_%'::text)),
  CONSTRAINT users_failed_logins_positive CHECK ((failed_logins >= 0)),
  CONSTRAINT users_username_length CHECK (((char_length(username) >= 3) AND (char_length(username) <= 64)))
);

CREATE TABLE public.ssh_keys (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL,
  key_type public.ssh_key_type NOT NULL,
  bits integer,
  public_key text NOT NULL,
  encrypted_private_key text,
  fingerprint text NOT NULL,
  has_passphrase boolean DEFAULT false NOT NULL,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT ssh_keys_pkey PRIMARY KEY (id),
  CONSTRAINT ssh_keys_user_fingerprint_unique UNIQUE (user_id, fingerprint),
  CONSTRAINT ssh_keys_user_id_unique UNIQUE (user_id, id),
  CONSTRAINT ssh_keys_user_name_unique UNIQUE (user_id, name),
  CONSTRAINT ssh_keys_fingerprint_form CHECK ((fingerprint ~ '^SHA256:[A-Za-z0-9+/]{43}$'::text)),
  CONSTRAINT ssh_keys_rsa_bits CHECK (((key_type <> 'rsa'::public.ssh_key_type) OR (bits >= 2048))),
  CONSTRAINT ssh_keys_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE TABLE public.ssh_profiles (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  user_id uuid NOT NULL,
  ssh_key_id uuid,
  name text NOT NULL,
  host text NOT NULL,
  port integer DEFAULT 22 NOT NULL,
  username text NOT NULL,
  auth_method public.auth_method NOT NULL,
  strict_host_key_checking boolean DEFAULT true NOT NULL,
  options jsonb DEFAULT '{}'::jsonb NOT NULL,
  is_active boolean DEFAULT true NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT ssh_profiles_pkey PRIMARY KEY (id),
  CONSTRAINT ssh_profiles_user_name_unique UNIQUE (user_id, name),
  CONSTRAINT ssh_profiles_key_present CHECK (((auth_method <> 'key'::public.auth_method) OR (ssh_key_id IS NOT NULL))),
  CONSTRAINT ssh_profiles_port_range CHECK (((port >= 1) AND (port <= 65535))),
  CONSTRAINT ssh_profiles_key_of_user FOREIGN KEY (user_id, ssh_key_id) REFERENCES public.ssh_keys(user_id, id),
  CONSTRAINT ssh_profiles_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE OR REPLACE FUNCTION public.touch_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $function$;

CREATE INDEX ssh_profiles_key ON public.ssh_profiles USING btree (ssh_key_id);

CREATE INDEX users_created_at ON public.users USING btree (created_at);

CREATE UNIQUE INDEX users_email_unique ON public.users USING btree (lower(email));

CREATE INDEX users_tier_active ON public.users USING btree (subscription_tier, is_active);

CREATE TRIGGER ssh_profiles_touch BEFORE UPDATE ON public.ssh_profiles FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

CREATE TRIGGER users_touch BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

-- keelson:down
-- Destroys data: the table public.ssh_profiles with all its rows
DROP TABLE public.ssh_profiles;

-- Destroys data: the table public.ssh_keys with all its rows
DROP TABLE public.ssh_keys;

-- Destroys data: the table public.users with all its rows
DROP TABLE public.users;

DROP FUNCTION public.touch_updated_at();

DROP TYPE public.auth_method;

DROP TYPE public.ssh_key_type;

DROP TYPE public.subscription_tier;

DROP TYPE public.user_role;
