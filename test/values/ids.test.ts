import { describe, expect, it, test } from 'vitest';
import { KEY_PREFIXES, normaliseId } from '../../src/values/ids.ts';
import { codesOf, findingOf } from './findings.ts';

const ORG = '00D8Z000001kQ7P';
const DEPLOYMENT = '5728Z000000Xv2K';
const BUTTON = '5738Z000000Rt9M';

describe('an ID that is right', () => {
  it.each([
    ['orgId', ORG],
    ['orgId', '00D000000000001'],
    ['deploymentId', DEPLOYMENT],
    ['buttonId', BUTTON],
    ['buttonId', '5731I000000PL9G'],
  ] as const)('passes in %s without a word: %s', (field, id) => {
    expect(normaliseId(field, id)).toEqual({ value: id, status: 'pass', findings: [] });
  });

  it.each([
    ['orgId', `${ORG}UAU`, ORG],
    ['deploymentId', `${DEPLOYMENT}QAS`, DEPLOYMENT],
    ['buttonId', '5731I000000PL9GQAW', '5731I000000PL9G'],
  ] as const)('is shortened in %s from %s', (field, id, value) => {
    const verdict = normaliseId(field, id);
    expect(verdict).toMatchObject({ value, status: 'pass' });
    expect(codesOf(verdict.findings)).toEqual(['info ID_SHORTENED']);
  });

  it.each([
    [` ${ORG}\n`, 'VALUE_TRIMMED'],
    [`"${ORG}",`, 'VALUE_TRIMMED'],
    [`“${ORG}”;`, 'VALUE_TRIMMED'],
    [`\u200b${ORG}\u00a0`, 'VALUE_TRIMMED'],
    ['00D 8Z0 000 01k Q7P', 'ID_HAD_BLANKS'],
    ['00D8Z000\u2011001kQ7P', 'ID_HAD_BLANKS'],
  ])('is freed of what clings to it: %j', (given, code) => {
    const verdict = normaliseId('orgId', given);
    expect(verdict).toMatchObject({ value: ORG, status: 'pass' });
    expect(codesOf(verdict.findings)).toEqual([`info ${code}`]);
  });

  test('is never compared with another by its instance code', () => {
    expect(normaliseId('buttonId', '5731I000000PL9G').status).toBe(normaliseId('buttonId', BUTTON).status);
  });
});

describe('an ID that was mixed up', () => {
  it.each([
    ['a button ID as deployment', 'deploymentId', BUTTON, 'BUTTON_ID_IN_DEPLOYMENT_ID'],
    ['a deployment ID as organization', 'orgId', DEPLOYMENT, 'DEPLOYMENT_ID_IN_ORG_ID'],
    ['a deployment ID as button', 'buttonId', DEPLOYMENT, 'ID_OF_OTHER_FIELD'],
    ['an organization ID as button', 'buttonId', ORG, 'ID_OF_OTHER_FIELD'],
    ['an organization ID as deployment', 'deploymentId', ORG, 'ID_OF_OTHER_FIELD'],
    ['a button ID as organization', 'orgId', BUTTON, 'ID_OF_OTHER_FIELD'],
    ['a user', 'buttonId', '0058Z000004Hn3T', 'ID_OF_OTHER_OBJECT'],
    ['a profile', 'orgId', '00e8Z000004Hn3T', 'ID_OF_OTHER_OBJECT'],
    ['a queue', 'buttonId', '00G8Z000004Hn3T', 'ID_OF_OTHER_OBJECT'],
    ['a skill', 'buttonId', '0C58Z000004Hn3T', 'ID_OF_OTHER_OBJECT'],
    ['a Chat Agent Configuration', 'deploymentId', '0C68Z000004Hn3T', 'ID_OF_OTHER_OBJECT'],
    ['a messaging channel', 'orgId', '0Mj8Z000004Hn3T', 'ID_OF_OTHER_OBJECT'],
    ['an unknown object', 'orgId', '0XY8Z000004Hn3T', 'ID_PREFIX_UNKNOWN'],
    ['a name', 'deploymentId', 'My_Deployment', 'NAME_INSTEAD_OF_ID'],
    ['a label', 'deploymentId', 'My Deployment', 'NAME_INSTEAD_OF_ID'],
    ['a name as long as an ID', 'deploymentId', 'CustomerSupport', 'NAME_INSTEAD_OF_ID'],
    ['a host', 'orgId', 'acme.my.salesforce.com', 'URL_WITHOUT_ID'],
    ['an address without an ID', 'orgId', 'https://acme.my.salesforce.com/home/home.jsp', 'URL_WITHOUT_ID'],
    ['a letter of another alphabet', 'orgId', '00D8Z000001к7PX', 'ID_FOREIGN_CHARACTER'],
    ['punctuation', 'orgId', '00D8Z0000.1kQ7P', 'ID_CHARACTERS'],
    ['a cut ID', 'orgId', '00D8Z000001kQ7', 'ID_LENGTH'],
    ['an ID with two of its three last characters', 'orgId', '00D8Z000001kQ7PUA', 'ID_LENGTH'],
    ['nothing', 'orgId', '', 'VALUE_MISSING'],
    ['blanks', 'orgId', ' \n\t', 'VALUE_MISSING'],
  ] as const)('is told: %s', (_, field, given, code) => {
    const verdict = normaliseId(field, given);
    expect(verdict).toMatchObject({ value: null, status: 'fail' });
    expect(codesOf(verdict.findings)).toEqual([`fail ${code}`]);
  });

  test('names the object it belongs to', () => {
    expect(normaliseId('buttonId', '00G8Z000004Hn3T').findings[0]?.message).toContain(
      'a queue or public group (Group, 00G)',
    );
  });

  test('tells where in the deployment code the deployment ID stands', () => {
    expect(normaliseId('deploymentId', BUTTON).findings[0]?.hint).toContain('second argument of liveagent.init');
  });

  test('points to the guide step of the field', () => {
    const steps = (['orgId', 'deploymentId', 'buttonId'] as const).map(
      (field) => normaliseId(field, '', 'live-chat').findings[0]?.step,
    );
    expect(steps).toEqual(['live-chat.3', 'live-chat.4', 'live-chat.5']);
  });

  test('points to the messaging step for the organization where the channel is MIAW', () => {
    expect(normaliseId('orgId', '', 'miaw').findings[0]?.step).toBe('miaw.2');
  });
});

describe('an ID inside an address', () => {
  it.each([
    ['https://meya-dev-ed.my.salesforce.com/5731I000000PL9G', 'ID_FROM_URL'],
    ['https://acme.my.salesforce.com/5731I000000PL9G?setupid=LiveChatButtonSettings#top', 'ID_FROM_URL'],
    ['https://acme.my.salesforce.com/5731I000000PL9G/e?retURL=%2F5738Z000000Rt9M', 'ID_FROM_URL'],
    ['https://acme.my.salesforce.com/apex/x?id=5731I000000PL9GQAW', 'ID_FROM_URL'],
    ['/5731I000000PL9G', 'ID_FROM_URL'],
    ['5731I000000PL9G?x=1', 'ID_FROM_URL'],
    [
      'https://acme.lightning.force.com/lightning/setup/LiveChatButtonSettings/page?address=%2F5731I000000PL9G',
      'ID_FROM_SETUP_URL',
    ],
    [
      'https://acme.my.salesforce-setup.com/lightning/setup/X/page?address=%252F5731I000000PL9G%253Fsetupid%253DY',
      'ID_FROM_SETUP_URL',
    ],
  ])('is taken out of %s', (given, code) => {
    const verdict = normaliseId('buttonId', given);
    expect(verdict).toMatchObject({ value: '5731I000000PL9G', status: 'pass' });
    expect(verdict.findings[0]).toMatchObject({ severity: 'info', code });
  });

  test('is judged like any other ID', () => {
    expect(codesOf(normaliseId('buttonId', `https://acme.my.salesforce.com/${DEPLOYMENT}`).findings)).toEqual([
      'fail ID_OF_OTHER_FIELD',
    ]);
  });

  it.each([
    'liveagent_button_online_5731I000000PL9G',
    'Button ID: 5731I000000PL9G',
    "liveagent.startChat('5731I000000PL9G')",
  ])('or inside %s is taken out with a warning', (given) => {
    const verdict = normaliseId('buttonId', given);
    expect(verdict).toMatchObject({ value: '5731I000000PL9G', status: 'warn' });
    expect(codesOf(verdict.findings)).toEqual(['warn ID_FROM_TEXT']);
  });
});

describe('an access token in place of an ID', () => {
  it.each([
    `${ORG}!AQ0AQFakeSecret.x_y`,
    `${ORG}UAU!ARsAQFake`,
    `${ORG}%21AQ0AQFake`,
    `Bearer ${ORG}!AQ0AQFake`,
    `https://a.my.salesforce.com/secur/frontdoor.jsp?sid=${ORG}!AQ0AQFake`,
  ])('is refused and masked: %s', (given) => {
    const verdict = normaliseId('orgId', given);
    expect(verdict).toMatchObject({ value: null, status: 'fail', findings: [{ code: 'ACCESS_TOKEN_PASTED' }] });
    expect(JSON.stringify(verdict)).not.toMatch(/AQ0AQ|ARsAQ/);
  });

  test('is called compromised', () => {
    expect(normaliseId('orgId', `${ORG}!AQ0AQFake`).findings[0]?.hint).toContain('revoke it');
  });
});

describe('letter case and checksum', () => {
  test('a wrong suffix gives no value and names the one that fits', () => {
    const verdict = normaliseId('orgId', `${ORG}UAA`);
    expect(verdict).toMatchObject({ value: null, status: 'fail', findings: [{ code: 'ID_SUFFIX_WRONG' }] });
    expect(verdict.findings[0]?.message).toContain('needs UAU');
  });

  test('a wrong suffix points at characters that are easily confused where the capitals disagree', () => {
    expect(normaliseId('orgId', '00D8ZO00001kQ7PUAU').findings[0]?.hint).toContain('O at position 6');
  });

  test('padding with zeros is no suffix', () => {
    expect(codesOf(normaliseId('orgId', `${ORG}000`).findings)).toEqual(['fail ID_SUFFIX_WRONG']);
  });

  it.each([`${ORG}UAU`.toLowerCase(), `${ORG}UAU`.toUpperCase()])('a suffix restores %s', (given) => {
    const verdict = normaliseId('orgId', given);
    expect(verdict).toMatchObject({ value: ORG, status: 'warn', findings: [{ code: 'ID_CASE_RESTORED' }] });
    expect(verdict.findings[0]?.message).toContain(ORG);
  });

  it.each([
    ['orgId', '00d8z000001kq7pUAU', ORG],
    ['buttonId', '5738z000000rt9mQAS', BUTTON],
  ] as const)('a suffix that kept its capitals restores the rest in %s: %s', (field, given, value) => {
    const verdict = normaliseId(field, given);
    expect(verdict).toMatchObject({ value, status: 'warn', findings: [{ code: 'ID_CASE_RESTORED' }] });
  });

  it.each([`${ORG}-_!`, `${ORG}-A_`])('three odd characters are no suffix: %s', (given) => {
    expect(normaliseId('orgId', given)).toMatchObject({
      value: null,
      status: 'fail',
      findings: [{ code: 'ID_CHARACTERS' }],
    });
  });

  test('a suffix in small letters behind intact characters is put right', () => {
    expect(normaliseId('orgId', `${ORG}uau`)).toMatchObject({
      value: ORG,
      status: 'warn',
      findings: [{ code: 'ID_SUFFIX_CASE' }],
    });
  });

  it.each(['572ABCDEF000001', '572abcdef000001', '5728ZKQPMNBV000'])(
    'six letters of one case in %s are suspected',
    (given) => {
      expect(normaliseId('deploymentId', given)).toMatchObject({
        value: given,
        status: 'warn',
        findings: [{ code: 'ID_CASE_FOLDED' }],
      });
    },
  );

  it.each(['572ABCDE0000001', '572ABCDEf000001', '572000000000001'])('the letters of %s are not suspected', (given) => {
    expect(normaliseId('deploymentId', given)).toMatchObject({ value: given, status: 'pass', findings: [] });
  });

  test('a prefix in small letters before small letters tells that the capitals are lost for good', () => {
    expect(normaliseId('orgId', ORG.toLowerCase())).toMatchObject({
      value: null,
      status: 'fail',
      findings: [{ code: 'ID_CASE_LOST' }],
    });
  });

  it.each([
    ['00d8Z000001kQ7P', ORG],
    ['00d000000000001', '00D000000000001'],
    ['00d8Z000001kQ7PUAU', ORG],
  ])('a prefix in small letters is mended where the rest is intact: %s', (given, value) => {
    const verdict = normaliseId('orgId', given);
    expect(verdict).toMatchObject({ value, status: 'fail' });
    expect(verdict.findings[0]).toMatchObject({ severity: 'fail', code: 'ID_PREFIX_CASE' });
  });

  it.each([
    ['orgId', 'OOD8Z000001kQ7P', ORG],
    ['orgId', 'O0D8Z000001kQ7PUAU', ORG],
    ['buttonId', 'S738Z000000Rt9M', BUTTON],
    ['deploymentId', '57Z8Z000000Xv2K', DEPLOYMENT],
  ] as const)('look-alikes in the prefix of %s are mended: %s', (field, given, value) => {
    const verdict = normaliseId(field, given);
    expect(verdict).toMatchObject({ value, status: 'fail' });
    expect(findingOf(verdict.findings, 'ID_LOOKALIKE').severity).toBe('fail');
  });
});

/** Prefix and object as Salesforce describes them, written out again on purpose. */
const OBJECTS: readonly (readonly [string, string])[] = [
  ['572', 'LiveChatDeployment'],
  ['573', 'LiveChatButton'],
  ['571', 'LiveChatVisitor'],
  ['570', 'LiveChatTranscript'],
  ['0C6', 'LiveChatUserConfig'],
  ['0HK', 'LiveAgentSession'],
  ['0C5', 'Skill'],
  ['04I', 'EmbeddedServiceConfig'],
  ['08h', 'EmbeddedServiceLiveAgent'],
  ['0Lq', 'EmbeddedServiceDetail'],
  ['0Mj', 'MessagingChannel'],
  ['0gL', 'MessagingChannelUsage'],
  ['0Mw', 'MessagingSession'],
  ['0PA', 'MessagingEndUser'],
  ['0dw', 'Conversation'],
  ['0ec', 'ConversationParticipant'],
  ['0Zy', 'ConversationEntry'],
  ['00G', 'Group'],
  ['03g', 'QueueSobject'],
  ['011', 'GroupMember'],
  ['0N9', 'ServiceChannel'],
  ['0K9', 'QueueRoutingConfig'],
  ['0Nd', 'PresenceUserConfig'],
  ['0N5', 'ServicePresenceStatus'],
  ['0R1', 'UserServicePresence'],
  ['0Bz', 'AgentWork'],
  ['0JR', 'PendingServiceRouting'],
  ['300', 'FlowDefinition'],
  ['301', 'Flow'],
  ['3dd', 'FlowDefinitionView'],
  ['005', 'User'],
  ['00e', 'Profile'],
  ['0PS', 'PermissionSet'],
  ['0PL', 'PermissionSetLicense'],
  ['0Pa', 'PermissionSetAssignment'],
  ['0DM', 'Site'],
  ['0DB', 'Network'],
  ['0Xx', 'BotDefinition'],
  ['00N', 'CustomField'],
  ['01m', 'BusinessHours'],
  ['074', 'CorsWhitelistEntry'],
  ['500', 'Case'],
  ['003', 'Contact'],
];

describe('key prefixes', () => {
  it.each(OBJECTS)('%s is refused as organization and called %s', (prefix, object) => {
    const verdict = normaliseId('orgId', `${prefix}8Z000004Hn3T`);
    expect(verdict.value).toBeNull();
    expect(prefix === '572' ? KEY_PREFIXES[prefix]?.object : verdict.findings[0]?.message).toContain(object);
  });

  test('00D is an organization', () => {
    expect(KEY_PREFIXES['00D']?.object).toBe('Organization');
  });
});
