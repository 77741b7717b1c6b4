export type { buildConnector, Dispatcher } from 'undici';
// The rest of undici (fetch, WebSocket, caches, mocks) costs twice the time to load, so its index is not imported.
export { default as Agent } from 'undici/lib/dispatcher/agent.js';
