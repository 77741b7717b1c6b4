import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { CheckLevel, CheckResult } from '../../src/core/check.ts';
import { systemClock, systemRandom } from '../../src/core/clock.ts';
import { FIELDS, type HandoffConfig, type PreChat, type Validation } from '../../src/core/config.ts';
import { HandoffError } from '../../src/core/errors.ts';
import { createSecrets } from '../../src/core/redact.ts';
import { checksFor } from '../../src/doctor/checks/index.ts';
import { createProbe, type ProbeOptions } from '../../src/doctor/probe.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { createHttp } from '../../src/http/client.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A service on loopback that answers by path, and what it was asked. Whatever has no handler is answered 404. */
export interface LocalService extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly string[];
}

export async function serve(handlers: Readonly<Record<string, Handler>>): Promise<LocalService> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    // Tests choose the time for themselves, and the service must not contradict them.
    response.sendDate = false;
    const { pathname } = new URL(request.url ?? '/', 'http://local');
    asked.push(`${request.method} ${pathname}`);
    const name = Object.keys(handlers).find((path) => path === '*' || pathname.includes(path));
    const handler = name === undefined ? undefined : handlers[name];
    if (handler) handler(request, response);
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"not here"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(body: unknown, status = 200): Handler {
  return (_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function text(body: string, status: number, type = 'text/plain'): Handler {
  return (_, response) => response.writeHead(status, { 'content-type': type }).end(body);
}

export const hang: Handler = () => undefined;

export function wireFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/wire/${name}.json`, import.meta.url), 'utf8'));
}

/** A validation as it comes out for values that are right. */
export function validValues(config: HandoffConfig): Validation {
  const source = { kind: 'flag' } as const;
  const values = FIELDS[config.channel].map((field) => {
    const value = String(config[field as keyof HandoffConfig]);
    return { field, source, given: value, value, status: 'pass' as const, findings: [] };
  });
  return { channel: config.channel, ok: true, values, findings: [], unused: [], koreForm: {}, config };
}

export function miawConfig(baseUrl: string, preChat?: PreChat): HandoffConfig {
  const values = { channel: 'miaw', orgId: '00D8Z000001kQ7P', baseUrl, developerName: 'Acme_Bot' } as const;
  return preChat ? { ...values, preChat } : values;
}

export function liveChatConfig(url: string): HandoffConfig {
  const ids = { orgId: '00D8Z000001kQ7P', deploymentId: '5728Z000000Xv2K', buttonId: '5738Z000000Rt9M' };
  return { channel: 'live-chat', liveAgentUrl: `${url}/chat`, ...ids };
}

export interface DoctorOptions extends Partial<Omit<ProbeOptions, 'validation' | 'config'>> {
  readonly only?: readonly string[];
  readonly level?: CheckLevel;
}

/** Runs the checks against a validation with the real network client, and gives the results by id. */
export async function doctor(
  validation: Validation,
  options: DoctorOptions = {},
): Promise<Record<string, CheckResult>> {
  const {
    only,
    level = 'service',
    timeoutMs = 2000,
    signal = new AbortController().signal,
    clock = systemClock,
  } = options;
  const http = options.http ?? (await createHttp({ timeoutMs, env: {}, clock: systemClock, userAgent: 'test' }));
  const openChat = async () => Promise.reject(new HandoffError('INTERNAL', { message: 'no chat was expected' }));
  const defaults = { openChat, random: systemRandom, secrets: createSecrets() };
  const results: Record<string, CheckResult> = {};
  try {
    const parts = {
      ...defaults,
      ...options,
      validation,
      config: validation.config,
      http,
      clock,
      signal,
      timeoutMs,
      level,
    };
    await using probe = createProbe(parts);
    const { checks, reported } = checksFor({ channel: validation.channel, level, ...(only ? { only } : {}) });
    for await (const result of runChecks(checks, probe, { clock, signal, timeoutMs, reported }))
      results[result.id] = result;
  } finally {
    await http.close();
  }
  return results;
}

export function statuses(results: Readonly<Record<string, CheckResult>>): Record<string, string> {
  return Object.fromEntries(Object.entries(results).map(([id, result]) => [id, result.status]));
}
