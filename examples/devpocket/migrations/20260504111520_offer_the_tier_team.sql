-- keelson
-- id: dca12506b39d
-- parents: 0697506802e5
-- message: Offer the tier team
-- created: 2026-05-04T11:15:20Z
-- proof: up and down, PostgreSQL 18, sha256 f64052ca307be2a1

-- keelson:up
ALTER TYPE public.subscription_tier ADD VALUE 'team';

-- keelson:down
ALTER TABLE public.users ALTER COLUMN subscription_tier DROP DEFAULT;

-- Destroys data: team of enum public.subscription_tier; rows that use it stop the revision
ALTER TYPE public.subscription_tier RENAME TO "subscription_tier_replaced";

CREATE TYPE public.subscription_tier AS ENUM ('free', 'pro');

ALTER TABLE public.users ALTER COLUMN subscription_tier TYPE public.subscription_tier USING subscription_tier::text::public.subscription_tier;

ALTER TABLE public.users ALTER COLUMN subscription_tier SET DEFAULT 'free'::public.subscription_tier;

DROP TYPE public."subscription_tier_replaced";
