import { expect, it } from 'vitest';
import { openSession } from '../../src/transport/open-session.ts';
import { miawBench } from '../support/miaw-session.ts';

it('opens a MIAW chat for a MIAW configuration', async () => {
  await using bench = await miawBench();
  await using session = await openSession(bench.config, {}, bench.deps);
  expect(session.channel).toBe('miaw');
  expect(bench.server.of('create')).toHaveLength(1);
});

it('speaks the legacy protocol for a Live Chat configuration', async () => {
  await using bench = await miawBench();
  const config = {
    channel: 'live-chat',
    liveAgentUrl: `${bench.server.url}/chat`,
    orgId: '00D7X0000004AbC',
    deploymentId: '5728Z000000Xv2K',
    buttonId: '5738Z000000Rt9M',
  } as const;
  await openSession(config, {}, bench.deps).catch(() => undefined);
  expect(bench.server.received[0]?.path).toMatch(/^\/chat\/rest\//);
});
