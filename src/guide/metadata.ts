import type { GuideEntry } from './entry.ts';

/** From the bot’s context to a field of the Messaging Session record: five links of one chain, MIAW only. */
export const METADATA: readonly GuideEntry[] = [
  {
    id: 'metadata.1',
    title: 'Put the values into the bot’s context',
    track: 'metadata',
    where:
      'Kore.ai: App Settings › Integrations › Agent Transfer › Chat › Salesforce; the dialog with the Agent Transfer node',
    do: [
      'Check the three values first: sf-handoff validate.',
      'Save the names and sample values as preChat of the profile.',
      'Print the script: sf-handoff metadata script.',
      'Insert a Script node before the Agent Transfer node, and paste the script.',
      'Put the real values in place of the samples, as strings.',
      'Publish the app.',
    ],
    values: [
      'Organization Base URL: https://<my-domain>.my.salesforce-scrt.com',
      'context.session.BotUserSession.miawMetaInfo.preChatInfo: a flat object; names as in metadata.3, every value a string',
    ],
    notes: [
      'The vendor’s page rewrites the base URL to salesforce-srct.com. That is a slip; the domain is salesforce-scrt.com, and the Code Snippet shows the address ready to copy (guide miaw.2).',
      'Merge into miawMetaInfo: assigning a fresh object throws away what was there before, for example the stop word.',
      'The vendor’s page says Dialogflow; it means the dialog builder of Kore.ai. Google’s product has no part in it.',
      'The node must stand before the Agent Transfer node: nothing behind that one runs.',
      'Names are compared with capitals: city is not City.',
    ],
  },
  {
    id: 'metadata.2',
    title: 'Add fields to Messaging Session',
    track: 'metadata',
    where: 'Salesforce: Setup › Object Manager › Messaging Session › Fields & Relationships',
    do: [
      'Click New, choose Text, click Next.',
      'Enter label, length and name, click Next.',
      'Make the field visible to the agents’ profiles and to whoever builds the flow, click Next.',
      'Tick the page layouts that agents see, click Save.',
      'Repeat for every value.',
    ],
    values: ['Field: <Name>__c, at least as long as the longest value (255 at most)'],
    notes: [
      'Use Text: all values arrive as strings.',
      'A field without field-level security exists, yet Flow Builder does not offer it.',
    ],
  },
  {
    id: 'metadata.3',
    title: 'Map custom parameters on the channel',
    track: 'metadata',
    where: 'Salesforce: Setup › Feature Settings › Service › Messaging › Messaging Settings › <channel>',
    do: [
      'Under Custom Parameters click New.',
      'Enter the same word as Parameter Name, Parameter API Name and Channel Variable Name, choose String, and set the maximum length.',
      'Click Save.',
      'Under Parameter Mappings click New, choose the parameter, and enter the flow variable’s name: again the same word.',
      'Click Save, and see that the mapping is really there.',
      'Click Activate if the channel is not active.',
      'Publish the deployment again.',
    ],
    values: ['Channel Variable Name: the name used in preChatInfo, letter for letter'],
    notes: [
      'A value longer than the maximum length is refused or lost.',
      'Attach an active flow to the channel first: a mapping made earlier can look right and be empty.',
      'The channel must be active before a deployment on it works; after activating it, publish the deployment again.',
    ],
  },
  {
    id: 'metadata.4',
    title: 'Add the pre-chat fields to the deployment',
    track: 'metadata',
    where:
      'Salesforce: Setup › Feature Settings › Service › Embedded Service › Embedded Service Deployments › <deployment> › Edit Pre-Chat',
    do: [
      'Switch pre-chat on, so that the form is active.',
      'Under Hidden Pre-Chat Fields click Add, and choose each parameter.',
      'Save the form.',
      'Click Publish at the top right, and wait up to ten minutes.',
      'Compare with the profile: sf-handoff doctor --only service.pre-chat.',
    ],
    values: ['Field names as Salesforce serves them: sf-handoff doctor --only service.pre-chat --json'],
    notes: [
      'The vendor’s page says to select the messaging channel: select the deployment.',
      'The vendor’s page adds visible fields. A bot’s customers never see the form, so hidden fields do; a visible field marked as required makes a conversation without it fail.',
      'Salesforce drops a name that is not in the published form, without a word. This is the most frequent reason for empty fields.',
      'Values count only for conversations created after the publish.',
    ],
  },
  {
    id: 'metadata.5',
    title: 'Let the flow write the fields',
    track: 'metadata',
    where: 'Salesforce: Setup › Process Automation › Flows › <the channel’s Omni-Channel flow>',
    do: [
      'In the Toolbox click New Resource, choose Variable, data type Text, and tick Available for input.',
      'Name it exactly as the flow variable in the parameter mapping.',
      'Add Update Records for the Messaging Session whose Id is recordId, and set each field from its variable.',
      'Place it before Route Work.',
      'Save as a new version and click Activate.',
      'Prove it: sf-handoff test-chat --pre-chat <name>=<value>, then look at the Messaging Session record.',
    ],
    notes: [
      'The vendor’s page says that the variable must match the field’s API name. What must match is the name in the parameter mapping (metadata.3); the field may be called otherwise, and one that ends in __c cannot even match.',
      'Only the active version runs: a saved one does nothing.',
      'Route Work must come last; what stands behind it is too late.',
      'If only the first handoff carries values, set the form’s display to every session, and publish again.',
    ],
  },
];
