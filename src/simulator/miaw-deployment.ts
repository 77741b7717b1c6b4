import type { EmbeddedServiceConfig, PreChatField } from '../protocol/miaw.ts';
import type { World } from './world.ts';

/** The messaging channel behind the one deployment. */
export const CHANNEL_ID = 'b8a0d7e2-41c5-4f6f-8a39-0c6be1f2d9a4';
/** Name of the user verification configuration, third part of a verified subject. */
export const VERIFICATION_NAME = 'Acme_Verification';
const TOPICS = '0VQ8Z0000004CaT';

function field(order: number, name: string, type: string, maxLength: number, isHidden: boolean): PreChatField {
  const choiceListId = type === 'ChoiceList' ? TOPICS : null;
  return { name, order, type, required: false, maxLength, isHidden, choiceListId };
}

const PRE_CHAT_FIELDS: readonly PreChatField[] = [
  field(1, '_firstName', 'Text', 40, false),
  field(2, '_lastName', 'Text', 80, false),
  field(3, '_email', 'Email', 80, false),
  field(4, 'Topic', 'ChoiceList', 255, false),
  field(5, 'City', 'Text', 100, true),
  field(6, 'Country', 'Text', 100, true),
  field(7, 'Pincode', 'Text', 20, true),
];

/** The fields of the published form, less or stricter where a fault says so. */
export function preChatFields({ faults }: World): readonly PreChatField[] {
  const fields = faults.has('field-missing') ? PRE_CHAT_FIELDS.filter(({ name }) => name !== 'City') : PRE_CHAT_FIELDS;
  return fields.map((entry) => ({
    ...entry,
    ...(faults.has('field-short') && entry.name === 'City' ? { maxLength: 5 } : {}),
    ...(faults.has('field-required') && entry.name === 'Country' ? { required: true } : {}),
  }));
}

const CHOICES = ['Billing', 'Delivery', 'Returns'].map((choiceListValueName, index) => ({
  order: index + 1,
  choiceListValueName,
  choiceListValueId: `0VR8Z0000004Dq${index + 1}`,
  isDefaultValue: index === 0,
}));

/** What has been published, as both the token answer and the configuration endpoint show it. */
export function publishedConfig(world: World): EmbeddedServiceConfig {
  const { faults } = world;
  return {
    name: faults.has('wrong-capitals')
      ? world.values.miaw.developerName.toUpperCase()
      : world.values.miaw.developerName,
    deploymentType: faults.has('wrong-type') ? 'web' : 'api',
    embeddedServiceMessagingChannel: {
      channelAddressIdentifier: CHANNEL_ID,
      authMode: faults.has('user-verification') || faults.has('silent-guest') ? 'Auth' : 'UnAuth',
      ...(faults.has('receipts-off') ? { shouldShowReadReceipts: false } : {}),
    },
    forms: [
      {
        formType: 'PreChat',
        displayContext: displayOf(faults),
        formFields: preChatFields(world),
      },
    ],
    choiceListConfig: { choiceList: [{ choiceListId: TOPICS, choiceListValues: CHOICES }] },
    attachments: { endUserToAgent: !faults.has('attachments-off'), maxFileSize: 5 },
    transcript: { allowTranscriptDownload: true },
    termsAndConditions: {
      isTermsAndConditionsEnabled: faults.has('terms-required'),
      isTermsAndConditionsRequired: faults.has('terms-required'),
      label: null,
    },
  };
}

/** How often the form is asked; the API has no screen to ask on, unless that is what goes wrong. */
function displayOf(faults: World['faults']): string {
  if (faults.has('form-per-session')) return 'Session';
  return faults.has('form-once') ? 'Conversation' : 'None';
}

/** The same publication in the form of the web configuration, where hidden fields stand in a list of their own. */
export function webConfig(world: World): EmbeddedServiceConfig {
  const config = publishedConfig(world);
  const split = (hidden: boolean) => preChatFields(world).filter((entry) => entry.isHidden === hidden);
  const forms = (config.forms ?? []).map((form) => ({
    ...form,
    formFields: split(false),
    hiddenFormFields: split(true),
  }));
  return { ...config, forms };
}
