/** How long a human agent is waited for. */
export const AGENT_WITHIN_MS = 60_000;
/** By then a healthy event stream has sent a heartbeat. */
export const HEARTBEAT_MS = 30_000;
/** Services send heartbeats at intervals of their own, so without the time for one a first byte is only glanced for. */
export const GLANCE_MS = 1000;
