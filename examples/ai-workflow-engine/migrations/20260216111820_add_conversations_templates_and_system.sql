-- keelson
-- id: 5c71e9088e56
-- parents: 5992b537902a
-- message: add conversations, templates and system prompts
-- created: 2026-02-16T11:18:20Z
-- labels: conversations
-- proof: up and down, PostgreSQL 15, sha256 e2157a2ffb31c8c7

-- keelson:up
CREATE TYPE public.conversation_status AS ENUM ('open', 'archived');

CREATE TYPE public.message_role AS ENUM ('system', 'user', 'assistant', 'tool');

CREATE TABLE public.system_prompts (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  name text NOT NULL,
  number integer DEFAULT 1 NOT NULL,
  content text NOT NULL,
  is_active boolean DEFAULT false NOT NULL,
  created_by uuid,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT system_prompts_pkey PRIMARY KEY (id),
  CONSTRAINT system_prompts_name_number UNIQUE (name, number),
  CONSTRAINT system_prompts_number_check CHECK ((number > 0)),
  CONSTRAINT system_prompts_created_by_users_id_fk FOREIGN KEY (created_by) REFERENCES public.users(id) ON DELETE SET NULL
);

CREATE TABLE public.templates (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  owner_id uuid,
  name text NOT NULL,
  body text NOT NULL,
  variables jsonb DEFAULT '[]'::jsonb NOT NULL,
  is_public boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT templates_pkey PRIMARY KEY (id),
  CONSTRAINT templates_owner_name UNIQUE NULLS NOT DISTINCT (owner_id, name),
  CONSTRAINT templates_owner_id_users_id_fk FOREIGN KEY (owner_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE TABLE public.conversations (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  user_id uuid NOT NULL,
  title text DEFAULT ''::text NOT NULL,
  status public.conversation_status DEFAULT 'open'::public.conversation_status NOT NULL,
  template_id uuid,
  system_prompt_id uuid,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT conversations_pkey PRIMARY KEY (id),
  CONSTRAINT conversations_system_prompt_id_system_prompts_id_fk FOREIGN KEY (system_prompt_id) REFERENCES public.system_prompts(id) ON DELETE RESTRICT,
  CONSTRAINT conversations_template_id_templates_id_fk FOREIGN KEY (template_id) REFERENCES public.templates(id) ON DELETE SET NULL,
  CONSTRAINT conversations_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE TABLE public.messages (
  id bigint GENERATED ALWAYS AS IDENTITY,
  conversation_id uuid NOT NULL,
  "position" integer NOT NULL,
  role public.message_role NOT NULL,
  content text NOT NULL,
  tokens integer,
  details jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT messages_pkey PRIMARY KEY (id),
  CONSTRAINT messages_conversation_position UNIQUE (conversation_id, "position"),
  CONSTRAINT messages_position_check CHECK (("position" >= 0)),
  CONSTRAINT messages_tokens_check CHECK ((tokens >= 0)),
  CONSTRAINT messages_conversation_id_conversations_id_fk FOREIGN KEY (conversation_id) REFERENCES public.conversations(id) ON DELETE CASCADE
);

CREATE INDEX conversations_system_prompt ON public.conversations USING btree (system_prompt_id);

CREATE INDEX conversations_template ON public.conversations USING btree (template_id);

CREATE INDEX conversations_user ON public.conversations USING btree (user_id, updated_at DESC NULLS LAST);

CREATE UNIQUE INDEX system_prompts_active ON public.system_prompts USING btree (name) WHERE is_active;

CREATE INDEX system_prompts_created_by ON public.system_prompts USING btree (created_by);

CREATE INDEX templates_public ON public.templates USING btree (is_public);

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.conversations FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.templates FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

-- keelson:down
-- Destroys data: the table public.messages with all its rows
DROP TABLE public.messages;

-- Destroys data: the table public.conversations with all its rows
DROP TABLE public.conversations;

-- Destroys data: the table public.system_prompts with all its rows
DROP TABLE public.system_prompts;

-- Destroys data: the table public.templates with all its rows
DROP TABLE public.templates;

DROP TYPE public.conversation_status;

DROP TYPE public.message_role;
