-- Up Migration
-- How many executions of a user have not ended is asked before each new one: it must not cost more with every old one.

create index executions_running on executions (user_id) where finished_at is null;
