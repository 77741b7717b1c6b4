import type { GuideEntry } from './entry.ts';

/** Enhanced Chat (MIAW): from the org to the form at Kore.ai. */
export const MIAW: readonly GuideEntry[] = [
  {
    id: 'miaw.1',
    title: 'Prepare the org and publish a deployment',
    track: 'miaw',
    where: 'Salesforce: Setup › Messaging Settings; Setup › Embedded Service Deployments › New Deployment',
    do: [
      'Switch Omni-Channel on, and give the agents a presence status that includes the Messaging channel and enough capacity.',
      'Create a queue with Messaging Session as supported object, a routing configuration and the agents as members.',
      'Create an Omni-Channel flow that ends in Route Work to that queue, and activate it.',
      'In Messaging Settings create a channel of type Enhanced Chat (formerly Messaging for In-App and Web), choose the flow and a fallback queue, and leave User Verification off.',
      'Activate the channel.',
      'Add Omni-Channel and the Messaging Session pages to the agents’ console app.',
      'In Embedded Service Deployments click New Deployment, then Enhanced Chat (Messaging for In-App and Web), then Custom Client.',
      'Name the deployment; its API name becomes the Developer Name.',
      'Select the channel, click Save, and stay on the page until it is published.',
      'Check it: sf-handoff doctor.',
    ],
    notes: [
      'The type cannot be changed later. A Web or Mobile deployment refuses the bot’s token: make a second deployment of type Custom Client on the same channel.',
      'Publish again after every change of the channel, its parameters or the form: publishing takes a snapshot, and it can take ten minutes until it is served.',
      'With User Verification on, Salesforce refuses guests, and a bot’s customers are guests.',
      'Leave terms and conditions off: behind a bot there is nobody to tick the box.',
      'Business hours on the channel refuse every conversation outside them; mind their time zone.',
      'A flow that fails, or holds the queue id of another org, sends everything to the fallback queue.',
      'If nobody is rung: is the agent online with free capacity, member of the queue, and does the status include messaging?',
    ],
  },
  {
    id: 'miaw.2',
    title: 'Organization ID, Base URL and Developer Name',
    track: 'miaw',
    where: 'Salesforce: Setup › Embedded Service Deployments › <deployment> › Code Snippet',
    do: [
      'Select the deployment.',
      'Open Code Snippet (Install Code Snippet on some orgs) and click Show.',
      'Copy OrganizationId, Url and DeveloperName, or the whole snippet.',
      'Paste it: sf-handoff init, or sf-handoff validate --from <file>.',
    ],
    values: [
      'Organization ID: 15 characters that begin with 00D (18 are cut to 15)',
      'Organization Base URL: https://<my-domain>.my.salesforce-scrt.com, in a sandbox https://<my-domain>--<sandbox>.sandbox.my.salesforce-scrt.com',
      'Developer Name: the deployment’s API name; letters, digits and underscores, capitals matter',
    ],
    notes: [
      'The vendor’s page says to select the messaging channel here: select the deployment. The channel’s name and the deployment’s label are refused.',
      'The base URL ends in salesforce-scrt.com. The spelling srct in the vendor’s guide is a slip, and not a domain of Salesforce.',
      'The My Domain address (my.salesforce.com), the Lightning address and site addresses are not the base URL.',
      'Nothing follows the host: cut /chat or any other path.',
      'A changed My Domain changes the base URL. A refreshed sandbox changes ids: copy all three again.',
      'Salesforce gives at most 200 tokens a minute to an org; a load test uses them up for everybody.',
    ],
  },
  {
    id: 'miaw.3',
    title: 'Enable Salesforce in Kore.ai (MIAW)',
    track: 'miaw',
    where: 'Kore.ai: App Settings › Integrations › Agent Transfer › Chat › Salesforce › Configurations',
    do: [
      'Choose Messaging for In-App and Web (MIAW).',
      'Enter Organization ID, Organization Base URL and Developer Name as sf-handoff validate prints them.',
      'Where several agent systems are set up, switch Default Agent System on if Salesforce shall take every channel.',
      'Click Manage and map the channels.',
      'Click Done, then Save.',
      'Publish the app.',
      'Prove the way without the bot: sf-handoff test-chat.',
      'Then ask the bot for an agent with Talk to Bot, and accept the conversation in the console.',
    ],
    notes: [
      'Older help texts beside the fields describe the Live Chat values; go by the labels.',
      'Default Agent System is shown only where more than one agent system is configured.',
      'Saving is not enough: customers get the new values with the next publish.',
      'Kore.ai says MIAW, Salesforce says Enhanced Chat: it is the same product.',
    ],
  },
];
