import { systemClock } from '../../src/core/clock.ts';
import type { PreChat } from '../../src/core/config.ts';
import {
  type DoctorOptions,
  doctor,
  type Handler,
  json,
  miawConfig,
  serve,
  text,
  validValues,
  wireFixture,
} from './local-service.ts';

/** The token of the fixture as the org of the profile would give it. */
export function tokenOf(orgId: string): Record<string, unknown> {
  const answer = wireFixture('miaw/token-response') as Record<string, unknown>;
  const [head, claims = '', signature] = String(answer.accessToken).split('.');
  const read: object = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const written = Buffer.from(JSON.stringify({ ...read, orgId })).toString('base64url');
  return { ...answer, accessToken: [head, written, signature].join('.') };
}

export const TOKEN = tokenOf('00D8Z000001kQ7P');
export const PUBLISHED = wireFixture('miaw/embedded-service-config') as Record<string, unknown>;
export const FORM = { _firstName: 'Ada', _lastName: 'Byron', _email: 'ada@example.com' };
/** Six hours before the token of the fixture expires. */
export const NOW = Date.UTC(2026, 0, 1);
const clock = { ...systemClock, now: () => NOW };

/** A token whose answer carries this configuration. */
export const tokenWith = (embeddedServiceConfig: unknown) =>
  json({ ...TOKEN, context: { configuration: { embeddedServiceConfig } } });

export const ping: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream;charset=UTF-8' });
  response.write('event: ping\ndata: 0\n\n');
};

interface Look extends DoctorOptions {
  readonly preChat?: PreChat;
}

/** What doctor finds at a healthy service, but for the given answers. */
export async function look(handlers: Readonly<Record<string, Handler>>, options: Look = {}) {
  const healthy = {
    'access-token': tokenWith(PUBLISHED),
    'embedded-service-config': json({ embeddedServiceConfig: PUBLISHED }),
    businesshours: text('', 204),
    sse: ping,
  };
  await using service = await serve({ ...healthy, ...handlers });
  const { preChat = FORM, ...rest } = options;
  const results = await doctor(validValues(miawConfig(service.url, preChat)), { clock, ...rest });
  return { results, asked: service.asked };
}
