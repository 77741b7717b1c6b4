import type { AvailabilityResult, LiveChatMessage, SettingsButton } from '../protocol/live-chat.ts';
import { ANSWERS, type Answer, badRequest, messagesAnswer } from './live-chat-answer.ts';
import { type Checked, checkBody, checkVersion, passed, refused } from './live-chat-checks.ts';
import { sameId } from './live-chat-init.ts';
import { movedTo } from './live-chat-moved.ts';
import type { RouteTurn } from './live-chat-system.ts';
import type { ReceivedRequest, World } from './world.ts';

/** A question that needs no session; `version` is the release the client speaks. */
export interface VisitorQuery {
  readonly world: World;
  readonly request: ReceivedRequest;
  readonly version: number;
}

const WAIT_SECONDS = 6;
const PING_RATE_MS = 50_000;
const FIRST_VERSION_WITH_WAIT = 47;
const ID_SHAPE = /^(?:573|005)[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?$/;

const NOUNS: ReadonlyMap<string, (query: VisitorQuery) => Checked<LiveChatMessage>> = new Map([
  ['Availability', askAvailability],
  ['Settings', askSettings],
  ['VisitorId', askVisitorId],
]);

/** The message that answers one noun: the org's new address before anything else where it has moved. */
export function askVisitor(noun: string, query: VisitorQuery): Checked<LiveChatMessage> {
  const ask = NOUNS.get(noun);
  if (!ask) return refused(ANSWERS.notFound);
  const org = checkOrg(query);
  if (org) return refused(org);
  const newUrl = movedTo(query.world, query.request);
  return newUrl === undefined ? ask(query) : passed({ type: 'SwitchServer', message: { newUrl } });
}

/** `GET Visitor/{noun}`. */
export function getVisitor({ world, request }: RouteTurn, noun: string): Answer {
  const version = checkVersion(request);
  if (!version.ok) return version.answer;
  const broken = brokenAnswer(world, noun);
  if (broken) return broken;
  const asked = askVisitor(noun, { world, request, version: version.value });
  return asked.ok ? messagesAnswer([asked.value]) : asked.answer;
}

const REASON = 'The button is not known';

function brokenAnswer({ faults }: World, noun: string): Answer | undefined {
  if (faults.has('error-answer')) return messagesAnswer([{ type: 'Error', message: { text: REASON } }]);
  if (noun === 'Availability' && faults.has('no-availability')) return ANSWERS.noNews;
  return noun === 'Settings' && faults.has('settings-500') ? ANSWERS.serverError : undefined;
}

/** `POST Visitor/Breadcrumb`: the page a visitor looks at. Clients with a session name no org, so only one that is named is judged. */
export function postBreadcrumb({ world, request }: RouteTurn): Answer {
  const version = checkVersion(request);
  if (!version.ok) return version.answer;
  const org = request.url.searchParams.get('org_id');
  if (org && !knowsOrg(world, org)) return ANSWERS.unavailable;
  const body = checkBody(request.body);
  if (!body.ok) return body.answer;
  return typeof body.value.location === 'string' ? ANSWERS.ok : badRequest('location is required');
}

function checkOrg({ world, request }: VisitorQuery): Answer | undefined {
  const org = request.url.searchParams.get('org_id');
  if (!org) return badRequest('org_id is required');
  if (!request.url.searchParams.get('deployment_id')) return badRequest('deployment_id is required');
  return knowsOrg(world, org) ? undefined : ANSWERS.unavailable;
}

export function knowsOrg(world: World, org: string): boolean {
  return sameId(org, world.values['live-chat'].orgId) && !world.faults.has('unknown-org');
}

function askAvailability(query: VisitorQuery): Checked<LiveChatMessage> {
  const ids = readIds(query.request.url.searchParams.get('Availability.ids'));
  if (ids.length === 0) return refused(badRequest('Availability.ids is required'));
  const results = ids.filter((id) => ID_SHAPE.test(id)).map((id) => availability(query, 'Availability', id));
  return passed({ type: 'Availability', message: { results } });
}

/** Whoever cannot take a chat, for whatever reason, is named without the flag. */
function availability(query: VisitorQuery, noun: string, id: string): AvailabilityResult {
  const { world, request, version } = query;
  const known = knowsDeployment(query) && knowsButton(world, id);
  if (!known || world.scenario.agents === 'offline') return { id };
  const wanted = request.url.searchParams.get(`${noun}.needEstimatedWaitTime`) === '1';
  const wait = wanted && version >= FIRST_VERSION_WITH_WAIT ? { estimatedWaitTime: WAIT_SECONDS } : {};
  return { id, isAvailable: true, ...wait };
}

function askSettings(query: VisitorQuery): Checked<LiveChatMessage> {
  const { world, request } = query;
  const ids = readIds(request.url.searchParams.get('Settings.buttonIds'));
  if (ids.length === 0) return refused(badRequest('Settings.buttonIds is required'));
  const known = knowsDeployment(query) ? ids.filter((id) => knowsButton(world, id)) : [];
  const buttons = known.map((id) => settingsButton(query, id));
  const invitations = knowsDeployment(query) ? [INVITATION] : [];
  return passed({
    type: 'Settings',
    message: {
      pingRate: PING_RATE_MS,
      contentServerUrl: `${world.baseUrl}/content`,
      prefixKey: '',
      buttons: [...buttons, ...invitations],
    },
  });
}

function settingsButton(query: VisitorQuery, id: string): SettingsButton & { endpointUrl: string; prechatUrl: string } {
  const { id: asked, ...rest } = availability(query, 'Settings', id);
  return { id: asked, type: 'Standard', language: 'en_US', endpointUrl: '', prechatUrl: '', ...rest };
}

/** Settings name the active invitations of a deployment too, asked for or not. */
const INVITATION = {
  id: '5738Z000000Sm1N',
  type: 'Invite',
  language: 'en_US',
  inviteRenderer: 'Slide',
  inviteStartPosition: 'TopLeft',
  inviteEndPosition: 'Center',
  hasInviteAfterAccept: false,
  hasInviteAfterReject: false,
  inviteRejectTime: -1,
  inviteImageUrl: 'https://shop.example.com/invite.png',
  inviteImageWidth: 250,
  inviteImageHeight: 120,
  inviteRules: '{"rules":{},"filter":""}',
};

function askVisitorId({ world, request }: VisitorQuery): Checked<LiveChatMessage> {
  const sessionId = request.url.searchParams.get('sid') || world.random.uuid();
  return passed({ type: 'VisitorId', message: { sessionId } });
}

function knowsButton(world: World, id: string): boolean {
  return !world.faults.has('unknown-button') && sameId(id, world.values['live-chat'].buttonId);
}

function knowsDeployment({ world, request }: VisitorQuery): boolean {
  const { deploymentId } = world.values['live-chat'];
  return !world.faults.has('unknown-deployment') && sameId(request.url.searchParams.get('deployment_id'), deploymentId);
}

/** A list with or without square brackets. */
function readIds(text: string | null): readonly string[] {
  const inner = (text ?? '').trim().replace(/^\[|\]$/g, '');
  return inner
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
