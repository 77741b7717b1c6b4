import { formatDuration } from '../core/duration.ts';
import type { Line } from '../core/line.ts';
import type { Drive } from './drive.ts';
import { SLASH_COMMANDS } from './slash.ts';

/** What `/help` answers. */
export function helpLines(): Line[] {
  const width = Math.max(...SLASH_COMMANDS.map(({ usage }) => usage.length));
  return [
    ...SLASH_COMMANDS.map(({ usage, text }): Line => [`  ${usage.padEnd(width)}  `, { text, tone: 'dim' }]),
    [
      {
        text: '  Everything else is sent. // begins a text with a slash; the arrow keys bring lines back.',
        tone: 'dim',
      },
    ],
  ];
}

/** What `/status` answers. */
export function statusLines({ session, record, clock }: Drive, notices: boolean): Line[] {
  const agents = record.agents().map(({ name, role }) => name ?? role);
  const age = record.startedAt === undefined ? undefined : formatDuration(clock.now() - record.startedAt);
  const rows: readonly (readonly [string, string])[] = [
    ['chat', `${session.channel === 'miaw' ? 'MIAW' : 'Live Chat'} ${session.id}${age ? `, open for ${age}` : ''}`],
    ['there', thereNow(agents, record.isThere('anyone'), record.queue?.position)],
    ['so far', `${record.sent} sent, ${record.received} received, ${record.reconnects} reconnects`],
    ['link', record.outage === undefined ? 'connected' : `connecting again: ${record.outage}`],
    ['typing', notices ? 'the agent is told when you type' : 'the agent is not told when you type'],
    ...(record.choices ? [['choices', '/choose answers the last ones'] as const] : []),
    ...(record.form ? [['form', '/form answers the last one'] as const] : []),
  ];
  return rows.map(([label, text]): Line => [{ text: `  ${label.padEnd(9)}`, tone: 'dim' }, text]);
}

function thereNow(agents: readonly string[], somebody: boolean, position: number | undefined): string {
  if (agents.length > 0) return agents.join(', ');
  if (somebody) return 'a bot, no person yet';
  return position === undefined ? 'nobody yet' : `nobody yet, queue position ${position}`;
}
