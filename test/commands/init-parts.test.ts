import { describe, expect, it } from 'vitest';
import { splitDeployments } from '../../src/commands/init-deployments.ts';
import { type Draft, judge, movesOf, withAnswer, withChannel, withMoves } from '../../src/commands/init-draft.ts';
import { kindOf, liveVerdict, objection } from '../../src/commands/init-verdict.ts';
import type { FieldName, GivenValues } from '../../src/core/config.ts';
import type { Channel } from '../../src/core/events.ts';
import { readPaste } from '../../src/values/snippets.ts';

function draftOf(channel: Channel, texts: Partial<Record<FieldName, string>>): Draft {
  const entries = Object.entries(texts).map(([field, text]) => [field, { text, source: { kind: 'flag' } }]);
  return { channel, given: { channel, values: Object.fromEntries(entries) as GivenValues['values'] } };
}

const textsOf = ({ given }: Draft) =>
  Object.fromEntries(Object.entries(given.values).map(([field, value]) => [field, value?.text]));

const TOKEN = '00D8Z000001kQ7P!AQ8AQFs3cr3tS3cr3tS3cr3tS3cr3tS3cr3t.abc';

describe('several deployments in one paste', () => {
  it('are told apart by what differs, and share what does not', () => {
    const paste = readPaste(
      [
        '{"OrganizationId":"00D8Z000001kQ7P","DeveloperName":"Acme_EN","Url":"https://acme.my.salesforce-scrt.com"}',
        '{"OrganizationId":"00D8Z000001kQ7P","DeveloperName":"Acme_DE","Url":"https://acme.my.salesforce-scrt.com"}',
      ].join('\n'),
    );
    const deployments = splitDeployments(paste, 'miaw');
    expect(deployments.map(({ title }) => title)).toEqual(['Acme_EN (line 1)', 'Acme_DE (line 2)']);
    expect(deployments[1]?.values.orgId?.text).toBe('00D8Z000001kQ7P');
  });

  it('go together in their order where they are of two orgs', () => {
    const paste = readPaste(
      [
        "liveagent.init('https://d.la1-c1-aa.salesforceliveagent.com/chat', '5728Z000000Xv2K', '00D8Z000001kQ7P');",
        "liveagent.showWhenOnline('5738Z000000Rt9M', x);",
        "liveagent.init('https://d.la2-c2-bb.salesforceliveagent.com/chat', '5728Z000000Ab3C', '00D8Z000001kXyZ');",
        "liveagent.showWhenOnline('5738Z000000De4F', x);",
      ].join('\n'),
    );
    const [, second] = splitDeployments(paste, 'live-chat');
    expect(Object.values(second?.values ?? {}).map((value) => value.text)).toEqual([
      'https://d.la2-c2-bb.salesforceliveagent.com/chat',
      '00D8Z000001kXyZ',
      '5728Z000000Ab3C',
      '5738Z000000De4F',
    ]);
  });

  it('are no question where there is one', () => {
    expect(splitDeployments(readPaste('00D8Z000001kQ7P'), 'miaw')).toHaveLength(1);
    expect(splitDeployments(readPaste('nothing at all'), 'miaw')).toHaveLength(0);
  });
});

describe('values in the wrong fields', () => {
  it.each<[string, Channel, Partial<Record<FieldName, string>>, Partial<Record<FieldName, string>>]>([
    [
      'deployment and button',
      'live-chat',
      { deploymentId: '5738Z000000Rt9M', buttonId: '5728Z000000Xv2K' },
      { deploymentId: '5728Z000000Xv2K', buttonId: '5738Z000000Rt9M' },
    ],
    [
      'all three of MIAW',
      'miaw',
      { orgId: 'https://acme.my.salesforce-scrt.com', baseUrl: 'Acme_Bot', developerName: '00D8Z000001kQ7P' },
      { orgId: '00D8Z000001kQ7P', baseUrl: 'https://acme.my.salesforce-scrt.com', developerName: 'Acme_Bot' },
    ],
    [
      'one into an empty field',
      'miaw',
      { orgId: 'https://acme.my.salesforce-scrt.com', developerName: 'Acme_Bot' },
      { baseUrl: 'https://acme.my.salesforce-scrt.com', developerName: 'Acme_Bot' },
    ],
  ])('%s are put right', (_what, channel, given, right) => {
    const draft = draftOf(channel, given);
    expect(textsOf(withMoves(draft, movesOf(draft, {})))).toEqual(right);
  });

  it('are not moved where they are right', () => {
    expect(movesOf(draftOf('live-chat', { deploymentId: '5728Z000000Xv2K', buttonId: '5738Z000000Rt9M' }), {})).toEqual(
      [],
    );
  });
});

describe('an answer', () => {
  const empty = draftOf('live-chat', {});
  it.each<[FieldName, string, string]>([
    ['orgId', '00D8Z', '5 of 15 characters'],
    ['orgId', '00D8Z000001kQ7P', '✔'],
    ['orgId', '00D8Z000001kQ7PUAU', '✔ → 00D8Z000001kQ7P'],
    ['deploymentId', '57', '2 of 15 characters'],
    ['deploymentId', '00D8Z000001kQ7P!x1234567890', '✖ a secret: it is not kept'],
    ['liveAgentUrl', 'https://d', '…'],
    [
      'liveAgentUrl',
      'https://c.la1-c1-aa.salesforceliveagent.com/content',
      '! → https://d.la1-c1-aa.salesforceliveagent.com/chat',
    ],
  ])('for %s is judged while it is typed: %s', (field, text, said) => {
    const [span] = liveVerdict(empty, field, text, { unicode: true }) ?? [];
    expect(typeof span === 'object' ? span.text : span).toBe(said);
  });

  it('with a wrong value says what it is and where the right one stands', () => {
    const wrong = objection(
      draftOf('live-chat', { buttonId: '5738Z000000Rt9M' }),
      'deploymentId',
      '5738Z000000Rt9M',
      {},
    );
    expect(wrong).toMatchObject({
      message: expect.stringContaining('chat button'),
      hint: expect.stringContaining('572'),
    });
  });

  it.each<[string, string]>([
    ['?', 'help'],
    ['5728Z000000Xv2K', 'value'],
    ['5738Z000000Rt9M', 'paste'],
    [
      "liveagent.init('https://d.la1-c1-aa.salesforceliveagent.com/chat', '5728Z000000Xv2K', '00D8Z000001kQ7P')",
      'paste',
    ],
    [TOKEN, 'value'],
  ])('%s to the deployment question is a %s', (text, kind) => {
    expect(kindOf(empty, 'deploymentId', text)).toBe(kind);
  });

  it('that is a secret is refused and never kept', () => {
    expect(objection(empty, 'orgId', TOKEN, {})?.message).toContain('secret');
    expect(JSON.stringify(withAnswer(empty, 'orgId', TOKEN))).not.toContain('AQ8AQFs3cr3t');
  });
});

describe('the other channel', () => {
  it('takes along what both have in common', () => {
    const draft = draftOf('live-chat', { orgId: '00D8Z000001kQ7P', buttonId: '5738Z000000Rt9M' });
    const miaw = withChannel(draft, 'miaw');
    expect([textsOf(miaw), judge(miaw, {}).channel]).toEqual([{ orgId: '00D8Z000001kQ7P' }, 'miaw']);
  });
});
