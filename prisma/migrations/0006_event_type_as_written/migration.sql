-- jsonb sorts the keys of an object; a schema and its example are shown and edited as their author wrote them.
ALTER TABLE event_type
  ALTER COLUMN schema TYPE json USING schema::json,
  ALTER COLUMN example TYPE json USING example::json;
