import type { CheckOutcome } from '../../core/check.ts';
import type { PreChat } from '../../core/config.ts';
import type { EmbeddedServiceConfig } from '../../protocol/miaw.ts';
import { objectOf, objectsOf, textOf } from '../../transport/miaw-json.ts';
import { publishedForm } from '../../transport/miaw-published-form.ts';
import { compareWithForm } from '../../values/pre-chat.ts';
import type { Probe } from '../probe.ts';
import { publishedConfig } from './miaw-access.ts';
import { passed, skipped, verdictOf } from './outcomes.ts';

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

/** A form shown once per conversation leaves later handoffs of the same conversation without values. */
export async function lookAtDisplay(probe: Probe): Promise<CheckOutcome> {
  if (Object.keys(probe.config?.preChat ?? {}).length === 0) return skipped('no pre-chat values to pass on again');
  const display = displayOf(await publishedConfig(probe));
  if (display === undefined) return skipped('the service does not tell how often its form is asked');
  if (display.toLowerCase() !== 'conversation') return passed('values are passed on with every session');
  return {
    status: 'warn',
    cause: 'PRE_CHAT_ONLY_ONCE',
    message: 'The form is asked once per conversation: a second handoff in the same conversation carries no values',
    hint: 'set the form’s display to every session, then publish the deployment again',
    step: 'metadata.4',
  };
}

/** The first form counts, as it does for its fields. */
function displayOf(config: EmbeddedServiceConfig | undefined): string | undefined {
  const forms = objectsOf(objectOf(config).forms);
  return textOf(forms.find((form) => textOf(form.formType) !== 'Offline')?.displayContext);
}
