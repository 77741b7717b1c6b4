import { type CrossFinding, FIELDS, type FieldName, type GivenValues } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import { findingsAt } from './verdict.ts';

export interface ChannelChoice {
  readonly channel: Channel;
  readonly findings: readonly CrossFinding[];
}

const OWN_FIELDS: Readonly<Record<Channel, readonly FieldName[]>> = {
  'live-chat': ['liveAgentUrl', 'deploymentId', 'buttonId'],
  miaw: ['baseUrl', 'developerName'],
};

/** The channel that was named, else the one that the values speak for: the more complete of the two, MIAW where they are even. */
export function chooseChannel(given: GivenValues): ChannelChoice {
  const present = (fields: readonly FieldName[]) =>
    fields.filter((field) => (given.values[field]?.text ?? '').trim() !== '');
  const legacy = present(OWN_FIELDS['live-chat']);
  const messaging = present(OWN_FIELDS.miaw);
  const lacking = (channel: Channel) => FIELDS[channel].length - present(FIELDS[channel]).length;
  const isLegacy = legacy.length > 0 && (messaging.length === 0 || lacking('live-chat') < lacking('miaw'));
  const channel = given.channel ?? (isLegacy ? 'live-chat' : 'miaw');
  const ignored = channel === 'miaw' ? legacy : messaging;
  if (ignored.length === 0) return { channel, findings: [] };
  return { channel, findings: [given.channel ? otherChannel(channel, ignored) : bothChannels(channel, ignored)] };
}

function bothChannels(channel: Channel, fields: readonly FieldName[]): CrossFinding {
  const message = `Values of both channels are given; those of ${nameOf(channel)} are more complete and used, ${fields.join(', ')} are not`;
  const hint = `say which is meant: --channel ${channel}`;
  return { ...findingsAt('prerequisite').warn('CHANNEL_MIXED', message, hint), fields };
}

function otherChannel(channel: Channel, fields: readonly FieldName[]): CrossFinding {
  const message = `${nameOf(channel)} has no use for ${fields.join(', ')}`;
  const other = channel === 'miaw' ? 'live-chat' : 'miaw';
  return {
    ...findingsAt('prerequisite').info(
      'OTHER_CHANNEL_VALUES',
      message,
      `use --channel ${other} if ${nameOf(other)} is meant`,
    ),
    fields,
  };
}

function nameOf(channel: Channel): string {
  return channel === 'miaw' ? 'MIAW' : 'Live Chat';
}
