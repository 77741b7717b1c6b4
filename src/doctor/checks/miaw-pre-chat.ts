import type { CheckOutcome } from '../../core/check.ts';
import type { PreChat } from '../../core/config.ts';
import type { EmbeddedServiceConfig } from '../../protocol/miaw.ts';
import { publishedForm } from '../../transport/miaw-published-form.ts';
import { compareWithForm } from '../../values/pre-chat.ts';
import { verdictOf } from './outcomes.ts';

/** Compares what the profile passes on with what the deployment publishes; Salesforce drops the rest without a word. */
export function lookAtPreChat(preChat: PreChat, config: EmbeddedServiceConfig): CheckOutcome {
  const form = publishedForm(config) ?? { fields: [] };
  const names = Object.keys(preChat);
  const listed = form.fields.map((field) => field.name).join(', ') || 'no fields';
  const well =
    names.length > 0 ? `${names.join(', ')}: in the published form` : `nothing to pass on; the form has ${listed}`;
  // Without any pre-chat in the profile nobody knows what the bot will pass on, so nothing can be known to be missing.
  const status = names.length === 0 ? { status: 'warn' as const } : {};
  return verdictOf(compareWithForm(preChat, form), well, { ...status, data: { fields: form.fields } });
}
