import type { Check } from '../../core/check.ts';
import type { Probe } from '../probe.ts';
import { lookAtDeployment, lookAtToken, publishedConfig } from './miaw-access.ts';
import { lookAtFeatures } from './miaw-features.ts';
import { lookAtPreChat } from './miaw-pre-chat.ts';
import { lookAtHours, lookAtStream } from './miaw-state.ts';
import { skipped, withValues } from './outcomes.ts';

const SERVICE = { level: 'service', channels: ['miaw'] } as const;
const VALUES = 'compare organization ID, Base URL and Developer Name with the deployment’s Code Snippet';

/** Enhanced Chat, asked without opening a conversation. */
export const MIAW_CHECKS: readonly Check<Probe>[] = [
  {
    ...SERVICE,
    id: 'service.deployment',
    title: 'Deployment',
    hint: VALUES,
    needs: ['network.http'],
    run: withValues(lookAtDeployment),
  },
  {
    ...SERVICE,
    id: 'service.token',
    title: 'Token',
    hint: VALUES,
    needs: ['network.http', 'service.deployment'],
    run: withValues(lookAtToken),
  },
  {
    ...SERVICE,
    id: 'service.pre-chat',
    title: 'Pre-chat',
    hint: 'sf-handoff guide metadata.4',
    needs: ['service.token'],
    run: withValues(async (probe) => {
      const config = await publishedConfig(probe);
      if (!config) return skipped('the service does not tell its pre-chat form');
      return lookAtPreChat(probe.config?.preChat ?? {}, config);
    }),
  },
  {
    ...SERVICE,
    id: 'service.business-hours',
    title: 'Business hours',
    hint: 'check the business hours of the channel',
    needs: ['network.http', 'service.deployment'],
    run: withValues(lookAtHours),
  },
  {
    ...SERVICE,
    id: 'service.features',
    title: 'Features',
    hint: 'sf-handoff guide miaw.capabilities',
    needs: ['service.token'],
    run: withValues(async (probe) => lookAtFeatures(await publishedConfig(probe))),
  },
  {
    ...SERVICE,
    id: 'stream.open',
    title: 'Event stream',
    hint: 'allow port 443 without TLS inspection and without buffering',
    needs: ['service.token'],
    run: withValues(lookAtStream),
  },
];
