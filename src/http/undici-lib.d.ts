declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';
  // biome-ignore lint/style/noDefaultExport: it is what the CommonJS file of undici exports.
  export default Agent;
}
