export { normaliseBaseUrl } from './base-url.ts';
export { isLoopbackHost, isSrctHost } from './host-kinds.ts';
export { normaliseLiveAgentUrl } from './live-agent-url.ts';
