/** Every step of the set-up guide that a finding, an error or a check may point to. `guide <id>` shows it. */
export const GUIDE_STEPS = [
  'prerequisite',
  'live-chat.1',
  'live-chat.2',
  'live-chat.3',
  'live-chat.4',
  'live-chat.5',
  'live-chat.6',
  'live-chat.verify',
  'miaw.1',
  'miaw.2',
  'miaw.3',
  'miaw.capabilities',
  'metadata.1',
  'metadata.2',
  'metadata.3',
  'metadata.4',
  'metadata.5',
] as const;

export type GuideStep = (typeof GUIDE_STEPS)[number];
