import { expect, test } from 'vitest';
import { systemRandom } from '../../src/core/clock.ts';
import { closeLiveChatLeftover } from '../../src/transport/live-chat-leftover.ts';
import { SESSION } from '../support/live-chat-server.ts';
import { type Bench, liveChatBench } from '../support/live-chat-session.ts';

const MOVED = {
  messages: [{ type: 'ReconnectSession', message: { affinityToken: 'after-move', resetSequence: true } }],
};

function close({ server, http, clock, secrets, outside }: Bench): Promise<void> {
  const leftover = {
    channel: 'live-chat',
    conversationId: SESSION.id,
    config: { liveAgentUrl: server.url },
    sessionKey: SESSION.key,
    affinity: SESSION.affinityToken,
  } as const;
  const deps = { http, clock, random: systemRandom, secrets, signal: outside.signal, timeoutMs: 2000 };
  return closeLiveChatLeftover(leftover, deps);
}

test('a session that has moved since is found on its new server and closed there', async () => {
  await using bench = await liveChatBench();
  bench.server.script('System/SessionId', { status: 503 });
  bench.server.script('System/ReconnectSession', { status: 200, body: MOVED });
  await close(bench);
  const affinities = bench.server.of('System/SessionId').map(({ headers }) => headers['x-liveagent-affinity']);
  expect(affinities).toEqual([SESSION.affinityToken, 'after-move']);
});

test('one that cannot be found is tried again after a pause, and told with what it was answered', async () => {
  await using bench = await liveChatBench();
  bench.server.script('System/SessionId', { status: 503 }, { status: 503 }, { status: 503 });
  bench.server.script('System/ReconnectSession', { status: 503 }, { status: 503 });
  const closing = close(bench);
  closing.catch(() => undefined);
  for (let pause = 0; pause < 2; pause += 1) {
    await bench.clock.waitUntilSleeping(1000);
    bench.clock.advance(1000);
  }
  await expect(closing).rejects.toMatchObject({ code: 'SERVICE_ERROR', details: { status: 503 } });
});

test.each([403, 404])('%s says that there is nothing left to close', async (status) => {
  await using bench = await liveChatBench();
  bench.server.script('System/SessionId', { status });
  await expect(close(bench)).resolves.toBeUndefined();
});
