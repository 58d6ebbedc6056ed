import "server-only";

/**
 * Since when the endpoint `e` is as a list of what needs attention shows it: in its state, with its status, or failing.
 * A warning outlasts single successes, and each of them clears `failing_since`: it counts from its own transition.
 */
export const endpointSince = `CASE
  WHEN e.state <> 'active' THEN e.state_since
  WHEN e.status = 'probation' THEN coalesce(e.probation_since, e.state_since)
  WHEN e.status = 'healthy' THEN coalesce(e.failing_since, e.state_since)
  ELSE coalesce((SELECT t.at FROM transition t WHERE t.endpoint_id = e.id AND t.kind = 'status'
    ORDER BY t.id DESC LIMIT 1), e.failing_since, e.state_since) END`;
