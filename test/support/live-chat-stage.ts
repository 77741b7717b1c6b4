import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock, systemRandom } from '../../src/core/clock.ts';
import { createLiveChatService } from '../../src/simulator/live-chat-routes.ts';
import type { Scenario, SimulatedChat } from '../../src/simulator/model.ts';
import { receiveRequest } from '../../src/simulator/receive-request.ts';
import type { World } from '../../src/simulator/world.ts';

interface StageOptions {
  readonly faults?: readonly string[];
  readonly clock?: Clock;
  readonly pace?: number;
  readonly scenario?: Partial<Scenario>;
}

/** The Live Chat service on a real port, with the test in the place of the scenario player. */
export interface LiveChatStage extends AsyncDisposable {
  readonly baseUrl: string;
  readonly port: number;
  readonly values: World['values']['live-chat'];
  /** The chats that ChasitorInit has opened, in order. */
  readonly chats: readonly SimulatedChat[];
  openChats(): readonly string[];
}

export async function openLiveChatStage(options: StageOptions = {}): Promise<LiveChatStage> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const disposed = new AbortController();
  const chats: SimulatedChat[] = [];
  const world = createWorld(options, `http://127.0.0.1:${port}`, disposed.signal, chats);
  const service = createLiveChatService(world);
  server.on('request', async (incoming, response) => {
    const request = await receiveRequest(incoming, world.baseUrl).catch(() => undefined);
    if (request && service.owns(request.path)) await service.handle(request, response);
    else response.writeHead(request ? 404 : 413).end();
  });
  return {
    baseUrl: world.baseUrl,
    port,
    values: world.values['live-chat'],
    chats,
    openChats: () => service.openChats(),
    async [Symbol.asyncDispose]() {
      disposed.abort(new Error('the stage is closed'));
      service.close();
      await close(server);
    },
  };
}

function createWorld(options: StageOptions, baseUrl: string, signal: AbortSignal, chats: SimulatedChat[]): World {
  const orgId = '00D8Z000001kQ7P';
  const legacy = { deploymentId: '5728Z000000Xv2K', buttonId: '5738Z000000Rt9M', liveAgentUrl: `${baseUrl}/chat` };
  return {
    options: {},
    clock: options.clock ?? systemClock,
    random: systemRandom,
    pace: options.pace ?? 0,
    scenario: { name: 'staged', title: 'played by the test', agents: 'online', steps: [], ...options.scenario },
    faults: new Set(options.faults),
    signal,
    baseUrl,
    values: {
      'live-chat': { channel: 'live-chat', orgId, ...legacy },
      miaw: { channel: 'miaw', orgId, baseUrl, developerName: 'Acme_Bot' },
    },
    openedChat: (chat) => void chats.push(chat),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
