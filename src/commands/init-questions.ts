import { loadValues } from '../config/load.ts';
import { inferChannel } from '../config/project-file.ts';
import type { Channel } from '../core/events.ts';
import { Pasted } from '../ui/questions.ts';
import { chooseProfile } from './init-begin.ts';
import { type Draft, judge } from './init-draft.ts';
import { settle } from './init-field.ts';
import { absorb, channelOfPaste, offerMiaw } from './init-paste.ts';
import { review } from './init-review.ts';
import { pasteHelp, wayAhead } from './init-steps.ts';
import type { Talk } from './init-talk.ts';
import { withPreChatFlags } from './pre-chat.ts';
import { domainOf, type Target } from './target.ts';

export interface Begun {
  readonly name: string;
  /** The profile that is being changed, where it is not a new one. */
  readonly editing?: string;
  readonly draft: Draft;
}

/** Asks for the channel and the values, a paste first and then what is still missing or wrong. */
export async function begin(talk: Talk): Promise<Begun> {
  const { options, context } = talk;
  const editing = await chooseProfile(talk);
  const start = await loadValues(editing === undefined ? options : { ...options, profile: editing }, {
    env: context.env,
    cwd: context.cwd,
    readStdin: () => context.readStdin(),
    storedProfiles: async () => (await context.profiles()).read(),
    onlyNamed: true,
  });
  const said = start.given.channel ?? inferChannel(start.given.values);
  const chosen = said === undefined ? await askChannel(talk) : { channel: said };
  const isNew = editing === undefined && options.channel === undefined;
  const channel = isNew ? await offerMiaw(chosen.channel, talk) : chosen.channel;
  const blank: Draft = { channel, given: await withPreChatFlags({ ...start.given, channel }, options, context) };
  const draft = chosen.pasted === undefined ? blank : await absorb(blank, chosen.pasted, talk);
  const begun = Object.keys(draft.given.values).length === 0 ? await askPaste(draft, talk) : draft;
  return { name: editing ?? start.name, draft: begun, ...(editing === undefined ? {} : { editing }) };
}

/** Asks until every value can be used, and shows them until somebody says that they are right. */
export async function finish(draft: Draft, talk: Talk): Promise<{ draft: Draft; target: Omit<Target, 'name'> }> {
  let current = await settle(draft, talk);
  for (;;) {
    const reviewed = await review(current, talk);
    if (reviewed.isRight) break;
    current = await settle(reviewed.draft, talk);
  }
  const validation = judge(current, domainOf(talk.options));
  return { draft: current, target: { given: current.given, validation } };
}

async function askChannel({ prompter, context }: Talk): Promise<{ channel: Channel; pasted?: string }> {
  for (;;) {
    const answer = await prompter.selectOrPaste<Channel>('How does Salesforce receive the conversation?', [
      {
        value: 'miaw',
        name: 'Messaging for In-App and Web (MIAW, “Enhanced Chat”)',
        short: 'MIAW',
        hint: 'recommended',
      },
      {
        value: 'live-chat',
        name: 'Live Chat (legacy)',
        short: 'Live Chat',
        hint: 'retired by Salesforce on 14 February 2026: it may stop without notice, plan the move to MIAW',
      },
    ]);
    if (!(answer instanceof Pasted)) return { channel: answer };
    const channel = channelOfPaste(answer.text);
    if (channel !== undefined) return { channel, pasted: answer.text };
    await context.io.print([['The paste does not tell which of the two it is for.']]);
  }
}

async function askPaste(draft: Draft, talk: Talk): Promise<Draft> {
  const { context, prompter } = talk;
  await context.io.print([...wayAhead(draft.channel, context), ...pasteHelp(draft.channel, context)]);
  const text = await prompter.lines();
  return text === '' ? draft : absorb(draft, text, talk);
}
