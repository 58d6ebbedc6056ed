-- The W3C trace context that an event was published with, for the log lines of its attempts. Null without one.
ALTER TABLE event ADD COLUMN traceparent text;
