/** One option as the help shows it. `parse` names how its text becomes a value. */
export interface OptionSpec {
  readonly flags: string;
  readonly text: string;
  readonly parse?: 'duration' | 'port' | 'count' | 'collect' | 'list';
  readonly choices?: readonly string[];
}

export interface OptionGroup {
  readonly title: string;
  readonly options: readonly OptionSpec[];
}

export const GLOBAL: OptionGroup = {
  title: 'Everywhere:',
  options: [
    { flags: '--profile <name>', text: 'the stored or project profile to use' },
    { flags: '--config <file>', text: 'read profiles from this file' },
    { flags: '--json', text: 'print one JSON document (test-chat: one JSON value a line) on stdout' },
    { flags: '--no-color', text: 'no colour (NO_COLOR does the same)' },
    { flags: '--no-input', text: 'never ask; a missing answer is an error' },
    { flags: '-q, --quiet', text: 'results only' },
    { flags: '-v, --verbose', text: 'more detail, and the stack of an error' },
  ],
};

export const VALUES: OptionGroup = {
  title: 'Values:',
  options: [
    {
      flags: '--channel <channel>',
      text: 'follows from the values where it is not given',
      choices: ['live-chat', 'miaw'],
    },
    {
      flags: '--from <file|->',
      text: 'read anything Salesforce Setup shows: snippets, JSON, KEY=value lines, URLs, ids',
    },
    { flags: '--org-id <id>', text: 'Organization ID (00D…)' },
    { flags: '--base-url <url>', text: 'MIAW: Organization Base URL' },
    { flags: '--developer-name <name>', text: 'MIAW: API name of the Custom Client deployment' },
    { flags: '--live-agent-url <url>', text: 'Live Chat: https://…/chat' },
    { flags: '--deployment-id <id>', text: 'Live Chat: deployment (572…)' },
    { flags: '--button-id <id>', text: 'Live Chat: chat button (573…)' },
    {
      flags: '--base-url-domain <domain>',
      text: 'domain that the base URL is rewritten to (default: salesforce-scrt.com)',
    },
  ],
};

export const NETWORK: OptionGroup = {
  title: 'Network:',
  options: [
    { flags: '--timeout <duration>', text: 'limit of one request or connection (default: 10s)', parse: 'duration' },
    { flags: '--ca-file <pem>', text: 'certificates to trust besides the usual roots' },
    {
      flags: '--resolve <host:port:address>',
      text: 'use this address for the host, as curl does (repeatable)',
      parse: 'collect',
    },
    {
      flags: '--connect-to <host:port:host:port>',
      text: 'connect elsewhere, as curl does (repeatable)',
      parse: 'collect',
    },
  ],
};

export const SIMULATE: OptionGroup = {
  title: 'Simulator:',
  options: [
    { flags: '--simulate [scenario]', text: 'use the built-in simulator on this machine (sf-handoff simulate --list)' },
  ],
};

/** Of the simulator as a command of its own. */
export const SIMULATOR: OptionGroup = {
  title: 'Simulator:',
  options: [
    { flags: '--port <port>', text: 'port on 127.0.0.1 (default: a free one)', parse: 'port' },
    { flags: '--scenario <name>', text: 'what happens in each chat (default: happy-path)' },
    { flags: '--fault <name>', text: 'what is broken (repeatable)', parse: 'collect' },
    { flags: '--replay <file>', text: 'play back what test-chat --record has kept, in place of a scenario' },
    { flags: '--agent [name]', text: 'you are the agent, here in this terminal, in place of a scenario' },
    { flags: '--list', text: 'list scenarios and faults and stop' },
    { flags: '--any-org', text: 'know every organization ID (MIAW), to try many profiles at once' },
    { flags: '--tls', text: 'serve https with a certificate made on the spot' },
    { flags: '--pace <factor>', text: 'factor on every scripted wait: 1 as people are, 0 without waiting' },
  ],
};

export const CHAT: OptionGroup = {
  title: 'Chat:',
  options: [
    { flags: '--message <text>', text: 'send this once an agent is there (repeatable)', parse: 'collect' },
    {
      flags: '--expect <what>',
      text: 'joined, joined:bot, message (any, standard responses too), message:/regex/, message:text, transferred, receipt:read, receipt:delivered, typing, queued, rejected, ended, ended:agent, session:inactive (repeatable)',
      parse: 'collect',
    },
    { flags: '--within <duration>', text: 'all of it must have happened by then (default: 60s)', parse: 'duration' },
    {
      flags: '--script <file>',
      text: 'steps in their order from a JSON list: send, expect, wait, choose, form, file, end (docs/test-chat-script.md)',
    },
    { flags: '--file <path>', text: 'send this file once an agent is there (repeatable)', parse: 'collect' },
    {
      flags: '--to <whom>',
      text: 'who must be there before something is sent (default: agent; with --script: anyone)',
      choices: ['agent', 'anyone'],
    },
    { flags: '--pre-chat <name=value>', text: 'a pre-chat value (repeatable)', parse: 'collect' },
    { flags: '--pre-chat-file <json>', text: 'pre-chat values from a JSON object' },
    { flags: '--visitor-name <name>', text: 'what the agent sees (Live Chat)' },
    { flags: '--language <tag>', text: 'language of the visitor, for example en-US' },
    { flags: '--transcript <file>', text: 'write the chat to this file: text, or JSON by its ending' },
    { flags: '--record <file>', text: 'keep the raw exchange as JSON lines, secrets and texts masked' },
    { flags: '--record-texts', text: 'leave message texts and pre-chat values in the recording' },
    { flags: '--cleanup', text: 'open no chat; close those that earlier runs have left open' },
  ],
};

/** What doctor looks at, and how often. */
export const CHECKS: OptionGroup = {
  title: 'Checks:',
  options: [
    {
      flags: '--level <level>',
      text: 'how far to go (default: service)',
      choices: ['offline', 'service', 'chat'],
    },
    { flags: '--only <ids>', text: 'only these checks (repeatable, or separated by commas)', parse: 'list' },
    { flags: '--skip <ids>', text: 'not these checks (repeatable, or separated by commas)', parse: 'list' },
    { flags: '--yes', text: 'with --level chat: ring an agent without asking' },
    { flags: '--list', text: 'list the checks and stop' },
    { flags: '--explain <cause>', text: 'explain a cause such as DEPLOYMENT_NOT_PUBLISHED, or all of them' },
    { flags: '--all', text: 'every profile, side by side' },
    { flags: '--concurrency <count>', text: 'how many at once with --all (default: 8)', parse: 'count' },
    {
      flags: '--wait <duration>',
      text: 'repeat what may come right by itself, for at most this long: an unpublished deployment, no agent, a rate limit, a failing service or network',
      parse: 'duration',
    },
    { flags: '--watch', text: 'repeat until Ctrl-C and tell only what changes' },
    {
      flags: '--interval <duration>',
      text: 'pause between two rounds of --watch (default: 30s)',
      parse: 'duration',
    },
    {
      flags: '--fail-on <severity>',
      text: 'what makes the answer no (default: fail)',
      choices: ['fail', 'warn'],
    },
  ],
};

export const DOCTOR_FORMATS = ['text', 'json', 'junit', 'github', 'markdown'] as const;

export const OUTPUT: OptionGroup = {
  title: 'Output:',
  options: [
    {
      flags: '--format <format>',
      text: 'how to print the result (default: text)',
      choices: DOCTOR_FORMATS,
    },
    { flags: '--output <file>', text: 'write the result to this file' },
    {
      flags: '--report <format=file>',
      text: 'write the result of the same run to this file as well (repeatable): --report junit=handoff.xml',
      parse: 'collect',
    },
    {
      flags: '--bundle <file>',
      text: 'write what support needs to this file (.json or .txt): shown first, without secrets, ids shortened',
    },
  ],
};
