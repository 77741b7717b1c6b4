import type { GuideEntry } from './entry.ts';

/** What must be true before the first step of any track. */
export const PREREQUISITE: readonly GuideEntry[] = [
  {
    id: 'prerequisite',
    title: 'Licences and rights',
    track: 'prerequisite',
    where: 'Salesforce: Setup › Users › <user>',
    do: [
      'Give every person who sets this up, and every agent who answers, the Service Cloud User feature licence (the box on the user’s page).',
      'For Enhanced Chat, assign a messaging permission set licence to every agent as well.',
      'For Live Chat, tick the Chat User box (Live Agent User on older pages) on every agent instead.',
      'Sign in to Setup as an administrator with the rights Customize Application and Configure Messaging.',
      'Have an account on the Kore.ai platform that may edit and publish the app.',
    ],
    notes: [
      'Without the Service Cloud User licence parts of the Setup menu are missing, and agents cannot open the console.',
      'Choose Enhanced Chat for anything new: Salesforce retired Live Chat on 14 February 2026.',
      'Enhanced Chat is the name since June 2025 of Messaging for In-App and Web. Kore.ai and many Setup pages still say MIAW; the API names did not change.',
      'Sandbox and production have different ids and hosts: keep one profile for each (sf-handoff init).',
    ],
  },
];
