import type { FieldName } from '../../core/config.ts';
import type { Channel } from '../../core/events.ts';
import { fieldOfId } from '../id-owner.ts';
import { addressKind } from './address-kind.ts';
import { type CallArgument, readArguments } from './call-arguments.ts';
import type { Candidate, NotLiteral, Rank, Reading } from './candidate.ts';
import type { Pair } from './read-pairs.ts';

const CALL =
  /(?<![\w$])(liveagent|embedded_svc|embeddedservice_bootstrap)\s{0,20}\.\s{0,20}(init|showWhenOnline|showWhenOffline|startChatWithWindow|startChat|addButtonEventHandler)\s{0,20}\(/g;
const MOST_CALLS = 200;

/** What stands at which place of a call's arguments. */
interface Shape {
  readonly fields: readonly (FieldName | null)[];
  readonly rank: Rank;
}

const BUTTON: Shape = { fields: ['buttonId'], rank: 'call' };
const SHAPES: Readonly<Record<string, Shape>> = {
  'liveagent.init': { fields: ['liveAgentUrl', 'deploymentId', 'orgId'], rank: 'call' },
  'liveagent.showWhenOnline': BUTTON,
  'liveagent.showWhenOffline': BUTTON,
  'liveagent.startChat': BUTTON,
  'liveagent.startChatWithWindow': BUTTON,
  'liveagent.addButtonEventHandler': { fields: ['buttonId'], rank: 'invitation' },
  'embedded_svc.init': { fields: [null, null, null, 'orgId'], rank: 'call' },
  'embeddedservice_bootstrap.init': { fields: ['orgId', 'developerName', null], rank: 'web' },
};

/** The site address of a web snippet, third of its arguments; it shares the org's name with the messaging host. */
export interface CallReading extends Reading {
  readonly channels: ReadonlySet<Channel>;
  readonly sites: readonly { readonly text: string; readonly offset: number }[];
}

interface Call {
  readonly shape: Shape;
  readonly given: readonly CallArgument[];
}

/** Reads the calls of the deployment, button, Embedded Service and web snippets. `pairs` resolve a variable that is set in the same paste. */
export function readCalls(text: string, pairs: readonly Pair[]): CallReading {
  const calls = callsIn(text);
  const variables = new Map(pairs.map((pair) => [pair.key, pair]));
  const readings = calls.map((call) => readCall(call, variables));
  return {
    candidates: readings.flatMap(({ candidates }) => candidates),
    notLiteral: readings.flatMap(({ notLiteral }) => notLiteral),
    sites: calls
      .flatMap(({ shape, given }) => (shape.rank === 'web' ? given.slice(2, 3) : []))
      .filter(({ kind }) => kind === 'literal'),
    channels: new Set(calls.map(({ shape }) => (shape.rank === 'web' ? 'miaw' : 'live-chat'))),
  };
}

function callsIn(text: string): Call[] {
  const calls: Call[] = [];
  for (const match of text.matchAll(CALL)) {
    const shape = SHAPES[`${match[1]}.${match[2]}`];
    if (shape) calls.push({ shape, given: readArguments(text, match.index + match[0].length - 1) });
    if (calls.length >= MOST_CALLS) break;
  }
  return calls;
}

function readCall({ shape, given }: Call, variables: ReadonlyMap<string, Pair>): Reading {
  const candidates: Candidate[] = [];
  const notLiteral: NotLiteral[] = [];
  for (const [place, argument] of given.entries()) {
    const field = fieldAt(shape, place, argument);
    if (field === null) continue;
    const literal = literalOf(argument, variables);
    if (literal) candidates.push({ ...literal, field, rank: shape.rank, isWeb: shape.rank === 'web' });
    else if (argument.kind === 'expression' && argument.text !== '')
      notLiteral.push({ field, text: argument.text, offset: argument.offset });
  }
  return { candidates, notLiteral };
}

/** The place decides, unless the literal itself says that it belongs elsewhere in this call. */
function fieldAt(shape: Shape, place: number, argument: CallArgument): FieldName | null {
  const field = shape.fields[place] ?? null;
  if (argument.kind !== 'literal') return field;
  const own =
    fieldOfId(argument.text) ??
    (field === null || shape.rank === 'web' ? undefined : addressKind(argument.text)?.field);
  return own !== undefined && shape.fields.includes(own) ? own : field;
}

function literalOf(
  argument: CallArgument,
  variables: ReadonlyMap<string, Pair>,
): { text: string; offset: number } | null {
  if (argument.kind === 'literal')
    return argument.text === '' ? null : { text: argument.text, offset: argument.offset };
  const name = /^[\w$]+(?:\.[\w$]+){0,6}$/.test(argument.text) ? argument.text.split('.').at(-1) : undefined;
  const pair = name === undefined ? undefined : variables.get(name);
  return pair && pair.value !== '' ? { text: pair.value, offset: pair.offset } : null;
}
