import { readFileSync } from 'node:fs';
import { systemClock, systemRandom } from '../../src/core/clock.ts';
import type { LiveChatConfig } from '../../src/core/config.ts';
import type { Http } from '../../src/core/http.ts';
import { createSecrets, type Secrets } from '../../src/core/redact.ts';
import type { ChatSession, VisitorOptions } from '../../src/core/session.ts';
import { createHttp } from '../../src/http/client.ts';
import { openLiveChatSession } from '../../src/transport/live-chat-session.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import { type LiveChatServer, startLiveChatServer } from './live-chat-server.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

export const IDS = { orgId: '00D8Z000001kQ7P', deploymentId: '5728Z000000Xv2K', buttonId: '5738Z000000Rt9M' };

export function liveChatConfig(liveAgentUrl: string): LiveChatConfig {
  return { channel: 'live-chat', liveAgentUrl, ...IDS };
}

/** The parsed body of a neutral wire fixture. */
export function liveChatFixture(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../fixtures/wire/live-chat/${name}.json`, import.meta.url), 'utf8'));
}

function testHttp(): Promise<Http> {
  return createHttp({ timeoutMs: 5000, env: {}, clock: systemClock, userAgent: 'test' });
}

/** A server and what a client needs to meet it: real sockets, a clock that the test moves. */
export interface Bench extends AsyncDisposable {
  readonly server: LiveChatServer;
  readonly clock: ManualClock;
  readonly http: Http;
  readonly secrets: Secrets;
  readonly outside: AbortController;
  open(visitor?: VisitorOptions, config?: Partial<LiveChatConfig>): Promise<ChatSession>;
}

export async function liveChatBench(): Promise<Bench> {
  const server = await startLiveChatServer();
  const http = await testHttp();
  const clock = manualClock();
  const secrets = createSecrets();
  const outside = new AbortController();
  const sessions: ChatSession[] = [];
  return {
    server,
    clock,
    http,
    secrets,
    outside,
    async open(visitor = {}, config = {}) {
      const deps = { http, clock, random: systemRandom, secrets, signal: outside.signal, timeoutMs: 2000 };
      const session = await openLiveChatSession({ ...liveChatConfig(server.url), ...config }, visitor, deps);
      sessions.push(session);
      return session;
    },
    async [Symbol.asyncDispose]() {
      for (const session of sessions) await session[Symbol.asyncDispose]();
      await http.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** An open chat whose events are being read. */
export interface OpenChat {
  readonly session: ChatSession;
  readonly reader: EventReader;
}

export async function openChat(bench: Bench, visitor?: VisitorOptions): Promise<OpenChat> {
  const session = await bench.open(visitor);
  const reader = readEvents(session);
  // A test that expects the events to fail says so; all others notice by waiting for an event.
  reader.finished.catch(() => undefined);
  return { session, reader };
}

/** The same with an agent who has joined. */
export async function openWithAgent(bench: Bench): Promise<OpenChat> {
  const chat = await openChat(bench);
  bench.server.deliver(liveChatFixture('message-chat-request-success'), agent());
  await chat.reader.until('joined');
  return chat;
}

export function agent(more: Record<string, unknown> = {}): unknown {
  const message = { name: 'Sam A', userId: '0058Z000004Hn3T', items: [], chasitorIdleTimeout: { isEnabled: false } };
  return { type: 'ChatEstablished', message: { ...message, ...more } };
}

export function said(text: string): unknown {
  return { type: 'ChatMessage', message: { text, name: 'Sam A', agentId: '0058Z000004Hn3T' } };
}

export const ENDED_BY_AGENT = { type: 'ChatEnded', message: { reason: 'agent', attachedRecords: [] } };
export const ENDED_BY_US = { type: 'ChatEnded', message: { reason: 'client', attachedRecords: [] } };
