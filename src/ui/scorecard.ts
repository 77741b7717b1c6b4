import { formatDuration } from '../core/duration.ts';
import type { Line } from '../core/line.ts';
import { wrapText } from './wrap.ts';

/** A capability that the chat has not shown, and the guide step that speaks of it; `note` where no chat could show it. */
interface NotSeen {
  readonly name: string;
  readonly step: string;
  readonly note?: string;
}

/** What the scorecard shows; durations are milliseconds. */
export interface Score {
  readonly outcome: 'passed' | 'failed' | 'interrupted';
  readonly closed: boolean;
  readonly durationMs: number;
  readonly queuedAfterMs?: number;
  readonly agentAfterMs?: number;
  readonly firstAnswerMs?: number;
  readonly sent: number;
  readonly received: number;
  readonly reconnects: number;
  readonly conversationId?: string;
  readonly seen: readonly string[];
  readonly notSeen: readonly NotSeen[];
}

const WORDS: Readonly<Record<string, string>> = {
  agentName: 'agent name',
  joinsAndExits: 'joins and exits',
  transfer: 'transfer',
  conference: 'conference',
  readReceipts: 'read receipts',
  inactivity: 'inactivity',
  standardResponses: 'standard responses',
  sessionContinuity: 'session continuity',
};

/** The short account at the end of a test chat. */
export function scorecard(score: Score, options: { width: number; unicode: boolean }): Line[] {
  const dot = options.unicode ? ' · ' : ', ';
  const words = (names: readonly string[]) => names.map((name) => WORDS[name] ?? name).join(dot);
  const lines: Line[] = [[''], headline(score)];
  lines.push(...entry('', figures(score).join(dot), options.width));
  if (score.seen.length > 0) lines.push(...entry('seen', words(score.seen), options.width));
  if (score.notSeen.length > 0) {
    for (const [index, step] of [...new Set(score.notSeen.map((missing) => missing.step))].entries()) {
      const names = score.notSeen.filter((missing) => missing.step === step).map(notSeenWords);
      lines.push(...entry(index === 0 ? 'not seen' : ' ', names.join(dot), options.width));
      lines.push(...entry(' ', `${options.unicode ? '→' : '->'} sf-handoff guide ${step}`, options.width));
    }
  }
  if (score.conversationId) lines.push(...entry('chat id', score.conversationId, options.width));
  return lines;
}

function notSeenWords({ name, note }: NotSeen): string {
  return `${WORDS[name] ?? name}${note ? ` (${note})` : ''}`;
}

const HEADLINES = {
  passed: { text: 'Handoff proven in', tone: 'ok' },
  failed: { text: 'Handoff not proven after', tone: 'fail' },
  interrupted: { text: 'Interrupted after', tone: 'warn' },
} as const;

function headline(score: Score): Line {
  const { text, tone } = HEADLINES[score.outcome];
  const closed = score.closed ? 'closed, nothing left open' : 'NOT CLOSED: sf-handoff test-chat --cleanup';
  return [
    { text: `${text} ${formatDuration(score.durationMs)}`, tone },
    '   ',
    { text: closed, tone: score.closed ? 'dim' : 'fail' },
  ];
}

function figures(score: Score): string[] {
  const after = (label: string, ms: number | undefined) =>
    ms === undefined ? [] : [`${label} after ${formatDuration(ms)}`];
  return [
    ...after('queued', score.queuedAfterMs),
    ...after('agent', score.agentAfterMs),
    ...after('first answer', score.firstAnswerMs),
    `${score.sent} sent, ${score.received} received`,
    ...(score.reconnects > 0 ? [score.reconnects === 1 ? '1 reconnect' : `${score.reconnects} reconnects`] : []),
  ];
}

function entry(label: string, text: string, width: number): Line[] {
  const gutter = label ? `  ${label.padEnd(10)}` : '  ';
  return wrapText(text, width - gutter.length).map((part, index) => [
    { text: index === 0 ? gutter : ' '.repeat(gutter.length), tone: 'dim' },
    part,
  ]);
}
