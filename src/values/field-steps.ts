import type { FieldName } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import type { GuideStep } from '../core/guide-step.ts';

const STEPS: Readonly<Record<FieldName, GuideStep>> = {
  liveAgentUrl: 'live-chat.2',
  orgId: 'miaw.2',
  deploymentId: 'live-chat.4',
  buttonId: 'live-chat.5',
  baseUrl: 'miaw.2',
  developerName: 'miaw.2',
};

/** Where the guide says how to find a value. The organization ID is described once for each channel. */
export function guideStepOf(field: FieldName, channel: Channel = 'miaw'): GuideStep {
  return field === 'orgId' && channel === 'live-chat' ? 'live-chat.3' : STEPS[field];
}

const PLACES: Readonly<Record<FieldName, string>> = {
  liveAgentUrl:
    'copy the first argument of liveagent.init from Setup › Deployments › your deployment › Deployment Code',
  orgId: 'copy it from Setup › Company Information, “Salesforce.com Organization ID”',
  deploymentId:
    'copy the second argument of liveagent.init from Setup › Deployments › your deployment › Deployment Code',
  buttonId: 'copy the ID that starts with 573 from Setup › Chat Buttons & Invitations › your button',
  baseUrl: 'copy it from Setup › Embedded Service Deployments › your deployment › Code Snippet',
  developerName: 'copy it from Setup › Embedded Service Deployments › your deployment › Code Snippet',
};

/** An imperative that leads to the right value, fit to be a hint or the end of one. */
export function whereToFind(field: FieldName): string {
  return PLACES[field];
}
