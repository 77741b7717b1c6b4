import { type Clock, systemClock, systemRandom } from '../../src/core/clock.ts';
import type { HandoffConfig } from '../../src/core/config.ts';
import type { Channel } from '../../src/core/events.ts';
import type { Http } from '../../src/core/http.ts';
import { createSecrets, type Secrets } from '../../src/core/redact.ts';
import type { ChatSession, TransportDeps, VisitorOptions } from '../../src/core/session.ts';
import { createHttp } from '../../src/http/client.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/model.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { openSession } from '../../src/transport/open-session.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import type { Relay } from './relay.ts';

/** A chat of our client with our simulator over real sockets; disposing it closes all of it. */
export interface OpenChat extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly session: ChatSession;
  readonly reader: EventReader;
  readonly secrets: Secrets;
  readonly abort: AbortController;
}

interface OpenChatOptions extends SimulatorOptions {
  readonly visitor?: VisitorOptions;
  /** Stands between the client and the simulator. */
  readonly through?: Relay;
  /** The client's own; the simulator's is another. */
  readonly clientClock?: Clock;
  /** Told the simulator before the chat is opened, for those who look at it after a failure to open. */
  readonly onSimulator?: (simulator: Simulator) => void;
  readonly beforeOpen?: TransportDeps['beforeOpen'];
}

export async function openChat(channel: Channel, options: OpenChatOptions = {}): Promise<OpenChat> {
  const { visitor = {}, through, clientClock: clock = systemClock, beforeOpen, onSimulator, ...simulated } = options;
  const simulator = await startSimulator({ pace: 0, ...simulated });
  through?.forwardTo(simulator.port);
  onSimulator?.(simulator);
  const http = await createHttp({ timeoutMs: 5000, env: {}, clock: systemClock, userAgent: 'test' });
  const abort = new AbortController();
  const secrets = createSecrets();
  const close = (session: ChatSession | undefined) => closeAll(session, http, simulator);
  try {
    const powers = { http, clock, random: systemRandom, secrets, signal: abort.signal, timeoutMs: 5000 };
    const deps = { ...powers, ...(beforeOpen ? { beforeOpen } : {}) };
    const session = await openSession(configThrough(channel, simulator, through), visitor, deps);
    const reader = readEvents(session);
    reader.finished.catch(() => undefined);
    return { simulator, session, reader, secrets, abort, [Symbol.asyncDispose]: () => close(session) };
  } catch (error) {
    await close(undefined);
    throw error;
  }
}

/** The simulator's values, reached by way of the relay. */
export function configThrough(channel: Channel, { values, port }: Simulator, relay: Relay | undefined): HandoffConfig {
  if (!relay) return values[channel];
  const moved = (url: string) => url.replace(`:${port}`, `:${relay.port}`);
  if (channel === 'miaw') return { ...values.miaw, baseUrl: moved(values.miaw.baseUrl) };
  return { ...values['live-chat'], liveAgentUrl: moved(values['live-chat'].liveAgentUrl) };
}

async function closeAll(session: ChatSession | undefined, http: Http, simulator: Simulator): Promise<void> {
  await session?.[Symbol.asyncDispose]();
  await http.close();
  await simulator[Symbol.asyncDispose]();
}
