import type { LiveChatMessage } from '../protocol/live-chat.ts';
import { ANSWERS, type Answer, badRequest, scriptAnswer } from './live-chat-answer.ts';
import { type Checked, checkScriptVersion, passed, refused } from './live-chat-checks.ts';
import { movedTo } from './live-chat-moved.ts';
import type { RouteTurn } from './live-chat-system.ts';
import { askVisitor, knowsOrg, type VisitorQuery } from './live-chat-visitor.ts';

const CALLBACK = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;
const MOST_NOUNS = 10;

/** `GET Visitor/{noun}.jsonp`. */
export function getVisitorScript(turn: RouteTurn, noun: string): Answer {
  return answerScript(turn, (query) => [askVisitor(noun, query)]);
}

/** `GET System/MultiNoun.jsonp`: several questions in one script; where the org has moved only that is said. */
export function getMultiNounScript(turn: RouteTurn): Answer {
  return answerScript(turn, (query) => {
    const nouns = (query.request.url.searchParams.get('nouns') ?? '').split(',').filter((noun) => noun !== '');
    if (nouns.length === 0 || nouns.length > MOST_NOUNS) return [refused(badRequest('nouns is required'))];
    const asked = nouns.map((noun) => askVisitor(noun, query));
    return asked.find((one) => one.ok && one.value.type === 'SwitchServer') ? asked.slice(0, 1) : asked;
  });
}

/** `GET EmbeddedService/EmbeddedServiceConfig.jsonp`: the page configuration of a developer name. */
export function getEmbeddedServiceConfig(turn: RouteTurn): Answer {
  return answerScript(turn, (query) => [askConfig(query)]);
}

function askConfig({ world, request }: VisitorQuery): Checked<LiveChatMessage> {
  const { deploymentId, buttonId, liveAgentUrl } = world.values['live-chat'];
  const name = request.url.searchParams.get('EmbeddedServiceConfig.configName') ?? '';
  const org = request.url.searchParams.get('org_id');
  if (!org || !name) return refused(badRequest('org_id and EmbeddedServiceConfig.configName are required'));
  if (!knowsOrg(world, org)) return refused(ANSWERS.unavailable);
  const newUrl = movedTo(world, request);
  if (newUrl !== undefined) return passed({ type: 'SwitchServer', message: { newUrl } });
  if (world.faults.has('unknown-deployment') || name !== world.values.miaw.developerName) {
    return passed({ type: 'EmbeddedServiceError', message: { text: 'Unknown configuration', shouldRetry: false } });
  }
  const content = { baseLiveAgentURL: liveAgentUrl, baseLiveAgentContentURL: `${world.baseUrl}/content` };
  return passed({ type: 'EmbeddedServiceConfig', message: { name, deploymentId, buttonId, ...content } });
}

/** A script cannot read a status, so what is wrong with a question is told in a message; an outage stays one. */
function answerScript(
  { world, request }: RouteTurn,
  ask: (query: VisitorQuery) => readonly Checked<LiveChatMessage>[],
): Answer {
  const version = checkScriptVersion(request);
  if (!version.ok) return version.answer;
  const callback = request.url.searchParams.get('callback') ?? '';
  if (callback === '') return badRequest('callback is required');
  if (!CALLBACK.test(callback)) return badRequest('callback is not a name');
  const asked = ask({ world, request, version: version.value });
  const outage = asked.find((one) => !one.ok && one.answer.status >= 500);
  if (outage && !outage.ok) return outage.answer;
  const messages = asked.map((one) => (one.ok ? one.value : errorMessage(one.answer)));
  return scriptAnswer(callback, { messages });
}

function errorMessage({ body }: Answer): LiveChatMessage {
  return { type: 'Error', message: { text: body ?? '' } };
}
