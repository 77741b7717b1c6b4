import type { PersonPowers } from '../chat/person.ts';
import { CAPABILITIES, createRecord } from '../chat/record.ts';
import { type ChatPlan, type ChatResult, runChat } from '../chat/run-chat.ts';
import { type Outcome, summarise } from '../chat/summary.ts';
import type { Context } from '../context.ts';
import { asHandoffError, EXIT, HandoffError } from '../core/errors.ts';
import type { AgentEvent, AgentEventBody, Channel } from '../core/events.ts';
import type { LeftoverKeeper } from '../core/leftover.ts';
import { redactAll } from '../core/redact.ts';
import type { ChatSession, VisitorOptions } from '../core/session.ts';
import { CAPABILITY_STEPS } from '../guide/capability-steps.ts';
import { reportedLines } from '../ui/error-lines.ts';
import type { Score } from '../ui/scorecard.ts';
import { readChatFile } from './chat-files.ts';
import { isForPerson, type PlanFlags, planChat, refuseForeign } from './chat-plan.ts';
import { type ChatView, openChatView } from './chat-view.ts';
import { keepLeftover } from './leftover.ts';
import { ensureWritable, networkOptions, type TargetOptions } from './options.ts';
import { formCheck, type PreChatFlags, preChatValues } from './pre-chat.ts';
import { openRecording, type Recording } from './recording.ts';
import { type Target, usableConfig, withTarget } from './target.ts';
import { writeTranscript } from './transcript.ts';

export type TestChatOptions = TargetOptions &
  PreChatFlags &
  PlanFlags & {
    readonly visitorName?: string;
    readonly language?: string;
    readonly transcript?: string;
    readonly record?: string;
    readonly recordTexts?: true;
    readonly cleanup?: true;
    /** The chat is with a simulator of this process, which ends with it: nothing of it is left over. */
    readonly ownSimulator?: boolean;
  };

/** Opens one chat, lets it run to its goal or its limit, closes it, and says how it went. */
export async function run(options: TestChatOptions, context: Context): Promise<number> {
  if (options.cleanup) return (await import('./cleanup.ts')).cleanUp(options, context);
  const plan = await planChat(options, context);
  if (options.transcript !== undefined) await ensureWritable(options.transcript, context);
  return withTarget(options, context, (target) => chatWith(target, options, plan, context));
}

/** More than any person writes; a program that wants all of it passes --transcript. */
const MOST_KEPT = 10_000;

async function chatWith(
  target: Target,
  options: TestChatOptions,
  planned: ChatPlan,
  context: Context,
): Promise<number> {
  const preChat = await preChatValues(options, target.given.preChat, context);
  const channel = target.validation.channel;
  refuseForeign(planned, channel);
  const recording = await openRecording(options, channel, context);
  const view = openChatView(context, { profile: target.name, channel }, isForPerson(options, context));
  const shown: AgentEvent[] = [];
  const show = async (event: AgentEvent) => {
    const safe = redactAll(context.secrets, event);
    if (options.transcript !== undefined || view.typed) shown.push(safe);
    if (options.transcript === undefined && shown.length > MOST_KEPT) shown.splice(0, shown.length - MOST_KEPT / 2);
    await view.show(safe);
  };
  const person = personAt(view, shown, context);
  const plan = { ...planned, ...(view.typed ? { typed: view.typed } : {}), ...(person ? { person } : {}) };
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

function personAt(view: ChatView, shown: readonly AgentEvent[], context: Context): PersonPowers | undefined {
  return (
    view.person && {
      ...view.person,
      readFile: (path) => readChatFile(path, context),
      writeTranscript: (path) => writeTranscript(path, shown, undefined, context),
    }
  );
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
    const { simulate, ownSimulator } = stage.options;
    const leftover = simulate === undefined && !ownSimulator ? await keepLeftover(context) : undefined;
    const session = await open(target, visitor, { ...stage, ...(leftover ? { leftover } : {}) });
    const result = await runChat(session, plan, { clock: context.clock, signal: context.signal, emit: stage.show });
    if (result.closed) await leftover?.forget();
    return result;
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
  {
    options,
    context,
    show,
    recording,
    leftover,
  }: Stage & { readonly recording: Recording; readonly leftover?: LeftoverKeeper },
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
    ...(leftover ? { leftover } : {}),
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
  const { aborted, reason } = context.signal;
  const error = aborted ? interruption(reason, result.closed) : result.error;
  const interrupted = aborted && error?.code !== 'INTERNAL';
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
  if (error && !context.io.json && !interrupted)
    await context.io.complain([[''], ...(await reportedLines(error, context.io))]);
  if (context.io.json || result.record.startedAt !== undefined)
    await view.finish(summary, scoreOf(result, outcome, ending));
  if (options.transcript !== undefined) await writeTranscript(options.transcript, ending.shown, summary, context);
  return error ? error.exitCode : EXIT.ok;
}

function interruption(reason: unknown, closed: boolean): HandoffError {
  const error = asHandoffError(reason);
  const { code, message } = error;
  const hint = closed
    ? error.hint
    : 'the chat may still be open: sf-handoff test-chat --cleanup, or end it in the agent console';
  return new HandoffError(code, { message, hint, cause: error.cause ?? error });
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
    notSeen: CAPABILITIES.filter((capability) => !record.seen(capability)).flatMap((name) => {
      const way = CAPABILITY_STEPS[ending.channel][name];
      return way ? [{ name, ...way }] : [];
    }),
  };
}
