import { parseExpectation } from '../chat/expectations.ts';
import { CAPABILITIES, createRecord } from '../chat/record.ts';
import { type ChatPlan, type ChatResult, runChat } from '../chat/run-chat.ts';
import { type Outcome, summarise } from '../chat/summary.ts';
import type { Context } from '../context.ts';
import { asHandoffError, EXIT, HandoffError } from '../core/errors.ts';
import type { AgentEvent, AgentEventBody, Channel } from '../core/events.ts';
import { redactAll } from '../core/redact.ts';
import type { ChatSession, VisitorOptions } from '../core/session.ts';
import { errorLines } from '../ui/error-lines.ts';
import type { Score } from '../ui/scorecard.ts';
import { type ChatView, openChatView } from './chat-view.ts';
import { ensureWritable, networkOptions, type TargetOptions } from './options.ts';
import { formCheck, type PreChatFlags, preChatValues } from './pre-chat.ts';
import { openRecording, type Recording } from './recording.ts';
import { type Target, usableConfig, withTarget } from './target.ts';
import { writeTranscript } from './transcript.ts';

export type TestChatOptions = TargetOptions &
  PreChatFlags & {
    readonly message?: readonly string[];
    readonly expect?: readonly string[];
    readonly within?: number;
    readonly to?: 'agent' | 'anyone';
    readonly visitorName?: string;
    readonly language?: string;
    readonly transcript?: string;
    readonly record?: string;
    readonly recordTexts?: true;
  };

const DEFAULT_WITHIN_MS = 60_000;

/** Opens one chat, lets it run to its goal or its limit, closes it, and says how it went. */
export async function run(options: TestChatOptions, context: Context): Promise<number> {
  const expected = (options.expect ?? []).map(parseExpectation);
  if (options.transcript !== undefined) await ensureWritable(options.transcript, context);
  return withTarget(options, context, (target) => chatWith(target, options, expected, context));
}

async function chatWith(
  target: Target,
  options: TestChatOptions,
  expected: ChatPlan['expectations'],
  context: Context,
): Promise<number> {
  const preChat = await preChatValues(options, target.given.preChat, context);
  const person = context.io.interactive && !options.message && !options.expect && !context.io.json;
  const channel = target.validation.channel;
  const recording = await openRecording(options, channel, context);
  const view = openChatView(context, { profile: target.name, channel }, person);
  const shown: AgentEvent[] = [];
  const show = async (event: AgentEvent) => {
    const safe = redactAll(context.secrets, event);
    if (options.transcript !== undefined) shown.push(safe);
    await view.show(safe);
  };
  const plan: ChatPlan = {
    messages: options.message ?? [],
    expectations: expected.length > 0 || person ? expected : [parseExpectation('joined')],
    withinMs: options.within ?? DEFAULT_WITHIN_MS,
    to: options.to ?? 'agent',
    ...(view.typed ? { typed: view.typed } : {}),
  };
  const startedAt = context.clock.now();
  try {
    const result = await attempt(target, plan, visitorOf(options, preChat), { options, context, show, recording });
    return await conclude(result, {
      view,
      channel,
      options,
      context,
      shown,
      show,
      durationMs: context.clock.now() - startedAt,
    });
  } finally {
    await view.close();
    await recording.close();
  }
}

function visitorOf(options: TestChatOptions, preChat: Readonly<Record<string, string>>): VisitorOptions {
  return {
    ...(Object.keys(preChat).length > 0 ? { preChat } : {}),
    ...(options.visitorName === undefined ? {} : { visitorName: options.visitorName }),
    ...(options.language === undefined ? {} : { language: options.language }),
  };
}

interface Stage {
  readonly options: TestChatOptions;
  readonly context: Context;
  show(event: AgentEvent): Promise<void>;
}

/** One chat from the first request to the last. What goes wrong is part of the result, never thrown. */
async function attempt(
  target: Target,
  plan: ChatPlan,
  visitor: VisitorOptions,
  stage: Stage & { readonly recording: Recording },
): Promise<ChatResult> {
  const { context } = stage;
  try {
    const session = await open(target, visitor, stage);
    return await runChat(session, plan, { clock: context.clock, signal: context.signal, emit: stage.show });
  } catch (thrown) {
    return {
      record: createRecord(plan.expectations),
      closed: true,
      error: asHandoffError(context.signal.aborted ? context.signal.reason : thrown),
    };
  }
}

async function open(
  target: Target,
  visitor: VisitorOptions,
  { options, context, show, recording }: Stage & { readonly recording: Recording },
): Promise<ChatSession> {
  const config = usableConfig(target);
  const network = await networkOptions(options, context);
  const host = new URL(config.channel === 'miaw' ? config.baseUrl : config.liveAgentUrl).host;
  await show({ at: context.clock.now(), type: 'connecting', channel: config.channel, host });
  const { openSession } = await import('../transport/open-session.ts');
  const { clock, random, secrets, signal } = context;
  return openSession(config, visitor, {
    http: await recording.watch(await context.http(network)),
    clock,
    random,
    secrets,
    signal,
    timeoutMs: network.timeoutMs,
    beforeOpen: formCheck((findings) =>
      context.io.note(findings.map(({ message, hint }) => [{ text: `pre-chat: ${message}; ${hint}`, tone: 'warn' }])),
    ),
  });
}

interface Ending extends Stage {
  readonly view: ChatView;
  readonly channel: Channel;
  readonly shown: readonly AgentEvent[];
  readonly durationMs: number;
}

async function conclude(result: ChatResult, ending: Ending): Promise<number> {
  const { context, options, view } = ending;
  const interrupted = context.signal.aborted;
  const error = interrupted ? interruption(context.signal.reason, result.closed) : result.error;
  if (error && context.io.json)
    await ending.show({ at: context.clock.now(), type: 'error', error: error.toShape() } satisfies AgentEventBody & {
      at: number;
    });
  const outcome = interrupted ? 'interrupted' : error ? 'failed' : 'passed';
  const summary = summarise(result.record, {
    outcome,
    closed: result.closed,
    ...(error ? { reason: error.code } : {}),
  });
  await view.close();
  if (error && !context.io.json && !interrupted) await context.io.complain([[''], ...errorLines(error, context.io)]);
  if (context.io.json || result.record.startedAt !== undefined)
    await view.finish(summary, scoreOf(result, outcome, ending));
  if (options.transcript !== undefined) await writeTranscript(options.transcript, ending.shown, summary, context);
  return error ? error.exitCode : EXIT.ok;
}

function interruption(reason: unknown, closed: boolean): HandoffError {
  const { code, message, hint } = asHandoffError(reason);
  return new HandoffError(code, {
    message,
    hint: closed ? hint : 'the chat may still be open: end it in the agent console',
  });
}

function scoreOf(result: ChatResult, outcome: Outcome, ending: Ending): Score {
  const { record } = result;
  const after = (at: number | undefined) =>
    at === undefined || record.startedAt === undefined ? undefined : at - record.startedAt;
  const times = {
    queuedAfterMs: after(record.queuedAt),
    agentAfterMs: after(record.agentAt),
    firstAnswerMs: record.firstAnswerMs,
  };
  const known = Object.fromEntries(Object.entries(times).filter(([, ms]) => ms !== undefined));
  return {
    outcome,
    closed: result.closed,
    durationMs: ending.durationMs,
    ...known,
    sent: record.sent,
    received: record.received,
    reconnects: record.reconnects,
    ...(record.conversationId === undefined ? {} : { conversationId: record.conversationId }),
    seen: CAPABILITIES.filter((capability) => record.seen(capability)),
    notSeen: CAPABILITIES.filter((capability) => !record.seen(capability)),
    step: ending.channel === 'miaw' ? 'miaw.capabilities' : 'live-chat.verify',
  };
}
