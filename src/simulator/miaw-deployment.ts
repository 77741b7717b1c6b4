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

export const PRE_CHAT_FIELDS: readonly PreChatField[] = [
  field(1, '_firstName', 'Text', 40, false),
  field(2, '_lastName', 'Text', 80, false),
  field(3, '_email', 'Email', 80, false),
  field(4, 'Topic', 'ChoiceList', 255, false),
  field(5, 'City', 'Text', 100, true),
  field(6, 'Country', 'Text', 100, true),
  field(7, 'Pincode', 'Text', 20, true),
];

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
    name: world.values.miaw.developerName,
    deploymentType: faults.has('wrong-type') ? 'web' : 'api',
    embeddedServiceMessagingChannel: {
      channelAddressIdentifier: CHANNEL_ID,
      authMode: faults.has('user-verification') ? 'Auth' : 'UnAuth',
    },
    forms: [
      {
        formType: 'PreChat',
        displayContext: faults.has('form-per-session') ? 'Session' : 'Conversation',
        formFields: PRE_CHAT_FIELDS,
      },
    ],
    choiceListConfig: { choiceList: [{ choiceListId: TOPICS, choiceListValues: CHOICES }] },
    attachments: { endUserToAgent: true, maxFileSize: 5 },
    transcript: { allowTranscriptDownload: true },
    termsAndConditions: { isTermsAndConditionsEnabled: false, isTermsAndConditionsRequired: false, label: null },
  };
}

/** The same publication in the form of the web configuration, where hidden fields stand in a list of their own. */
export function webConfig(world: World): EmbeddedServiceConfig {
  const config = publishedConfig(world);
  const split = (hidden: boolean) => PRE_CHAT_FIELDS.filter((entry) => entry.isHidden === hidden);
  const forms = (config.forms ?? []).map((form) => ({
    ...form,
    formFields: split(false),
    hiddenFormFields: split(true),
  }));
  return { ...config, forms };
}
