import { describe, expect, it, test } from 'vitest';
import { readPaste } from '../../src/values/snippets.ts';
import { codesOf, findingOf } from './findings.ts';
import { BUTTON_CODE, DEPLOYMENT_CODE, EMBEDDED_SERVICE_CODE, LEGACY } from './samples.ts';
import { linesOf, textsOf } from './texts.ts';

const { buttonId, ...DEPLOYMENT } = LEGACY;

describe('deployment code', () => {
  test('gives URL, deployment and organization, each with its line', () => {
    const paste = readPaste(DEPLOYMENT_CODE);
    expect(textsOf(paste)).toEqual(DEPLOYMENT);
    expect(linesOf(paste)).toEqual({ liveAgentUrl: 3, orgId: 3, deploymentId: 3 });
    expect(paste).toMatchObject({ channel: 'live-chat', alternatives: {}, unused: [], findings: [] });
  });

  it.each<[string, (code: string) => string]>([
    ['double quotes', (code) => code.replaceAll("'", '"')],
    ['back-ticks', (code) => code.replaceAll("'", '`')],
    ['typographic quotes', (code) => code.replaceAll("'", '’')],
    ['low and high quotes', (code) => code.replaceAll(/'([^']*)'/g, '„$1“')],
    ['entities for quotes', (code) => code.replaceAll("'", '&#39;')],
    [
      'entities for everything',
      (code) => code.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&apos;'),
    ],
    ['entities twice', (code) => code.replaceAll("'", '&amp;#39;')],
    ['hexadecimal entities', (code) => code.replaceAll("'", '&#x27;')],
    ['no line breaks', (code) => code.replaceAll('\n', '')],
    ['Windows line ends', (code) => code.replaceAll('\n', '\r\n')],
    ['blanks that do not break', (code) => code.replaceAll(' ', '\u00a0')],
    ['invisible characters', (code) => code.replaceAll('5728', '\u200b5728')],
    ['an argument on each line', (code) => code.replaceAll(", '", ",\n\t'")],
    ['comments between the arguments', (code) => code.replaceAll(", '", ", /* it's */ '")],
    ['line comments between the arguments', (code) => code.replaceAll(", '", ", // don't\n '")],
    ['blanks around the dot', (code) => code.replace('liveagent.init(', 'liveagent . init (')],
    ['a namespace in front', (code) => code.replace('liveagent.init(', 'window.liveagent.init(')],
    ['a Markdown fence around it', (code) => `Here's the code:\n\`\`\`html\n${code}\`\`\`\n`],
    ['a template literal around it', (code) => `<div dangerouslySetInnerHTML={{ __html: \`${code}\` }} />`],
    ['a string literal around it', (code) => `const html = ${JSON.stringify(code)};`],
    ['escaped slashes', (code) => code.replaceAll('/', '\\/')],
    ['escaped angle brackets', (code) => JSON.stringify(code).replaceAll('<', '\\u003c')],
    [
      'nothing but the call',
      () => "liveagent.init('https://d.la3-c2-ia4.salesforceliveagent.com/chat','5728Z000000Xv2K','00D8Z000001kQ7P')",
    ],
    [
      'a script that hides in a comment',
      (code) =>
        code.replace("'text/javascript'>\n", "'text/javascript'><!--\n").replace('</script>\n', '//--></script>\n'),
    ],
  ])('is read with %s', (_, change) => {
    expect(textsOf(readPaste(change(DEPLOYMENT_CODE)))).toMatchObject(DEPLOYMENT);
  });

  test('with the IDs in each other’s places is read by their prefixes', () => {
    const swapped = DEPLOYMENT_CODE.replace(
      "'5728Z000000Xv2K', '00D8Z000001kQ7P'",
      "'00D8Z000001kQ7P', '5728Z000000Xv2K'",
    );
    expect(textsOf(readPaste(swapped))).toEqual(DEPLOYMENT);
  });

  test('that is commented out gives way to the code in use', () => {
    const old = DEPLOYMENT_CODE.replace(
      'liveagent.init',
      "//liveagent.init('https://d.old.salesforceliveagent.com/chat', '572000000000001', '00D000000000001');\nliveagent.init",
    );
    expect(readPaste(old)).toMatchObject({
      alternatives: {},
      values: { deploymentId: { text: DEPLOYMENT.deploymentId, line: 4 } },
    });
  });

  test('that is wholly commented out is read with a warning', () => {
    const paste = readPaste(
      "// liveagent.init('https://d.la3-c2-ia4.salesforceliveagent.com/chat', '5728Z000000Xv2K', '00D8Z000001kQ7P');",
    );
    expect(textsOf(paste)).toEqual(DEPLOYMENT);
    expect(codesOf(paste.findings)).toEqual(['warn VALUES_IN_COMMENT']);
  });

  test('that was cut off gives what is there', () => {
    expect(
      textsOf(readPaste("liveagent.init('https://d.la3-c2-ia4.salesforceliveagent.com/chat', '5728Z000000Xv2K'")),
    ).toEqual({
      liveAgentUrl: DEPLOYMENT.liveAgentUrl,
      deploymentId: DEPLOYMENT.deploymentId,
    });
  });

  test('of which only the end was pasted gives the IDs by their looks', () => {
    expect(textsOf(readPaste("'5728Z000000Xv2K', '00D8Z000001kQ7P');"))).toEqual({
      deploymentId: '5728Z000000Xv2K',
      orgId: '00D8Z000001kQ7P',
    });
  });

  test('with variables that are set in the same paste is resolved', () => {
    const code =
      "var url = 'https://d.la3-c2-ia4.salesforceliveagent.com/chat';\nvar dep = '5728Z000000Xv2K';\nliveagent.init(url, dep, config.org);";
    const paste = readPaste(code);
    expect(paste.values.deploymentId).toEqual({ text: '5728Z000000Xv2K', line: 2 });
    expect(findingOf(paste.findings, 'NOT_LITERAL')).toMatchObject({ severity: 'warn', fields: ['orgId'] });
  });

  test('of two orgs gives the first and names the other', () => {
    const second = DEPLOYMENT_CODE.replace(
      'la3-c2-ia4.salesforceliveagent.com/chat',
      'la1-c1-fra.salesforceliveagent.com/chat',
    )
      .replace('5728Z000000Xv2K', '5721I000000Xv2K')
      .replace('00D8Z000001kQ7P', '00D1I000001kQ7P');
    const paste = readPaste(DEPLOYMENT_CODE + second);
    expect(textsOf(paste)).toEqual(DEPLOYMENT);
    expect(paste.alternatives).toEqual({
      liveAgentUrl: [{ text: 'https://d.la1-c1-fra.salesforceliveagent.com/chat', line: 7 }],
      orgId: [{ text: '00D1I000001kQ7P', line: 7 }],
      deploymentId: [{ text: '5721I000000Xv2K', line: 7 }],
    });
    expect(codesOf(paste.findings)).toEqual(['warn SEVERAL_VALUES', 'warn SEVERAL_ORGS', 'warn SEVERAL_VALUES']);
  });

  test('of which only the script element was pasted gives the content host, for its own finding', () => {
    const script = DEPLOYMENT_CODE.split('\n')[0] ?? '';
    expect(textsOf(readPaste(script))).toEqual({
      liveAgentUrl: 'https://c.la3-c2-ia4.salesforceliveagent.com/content/g/js/60.0/deployment.js',
    });
  });
});

describe('button code', () => {
  test('gives the button', () => {
    const paste = readPaste(BUTTON_CODE);
    expect(textsOf(paste)).toEqual({ buttonId });
    expect(paste).toMatchObject({ channel: 'live-chat', alternatives: {}, unused: [], findings: [] });
  });

  it.each([
    "liveagent.showWhenOnline('5738Z000000Rt9M', document.getElementById('x'));",
    "liveagent.showWhenOffline('5738Z000000Rt9M', x);",
    '<a onclick="liveagent.startChat(\'5738Z000000Rt9M\')">Chat</a>',
    "liveagent.startChatWithWindow('5738Z000000Rt9M', 'w')",
    '<div id="liveagent_button_online_5738Z000000Rt9M"></div>',
    '<div id="liveagent_button_offline_5738Z000000Rt9M"></div>',
    "liveagent.showWhenOnline('5738Z000000Rt9M', document.getElementById('x'), '0058Z000004Hn3T');",
  ])('is read from %s', (code) => {
    expect(textsOf(readPaste(code))).toEqual({ buttonId });
  });

  test('together with the deployment code is complete', () => {
    expect(textsOf(readPaste(DEPLOYMENT_CODE + BUTTON_CODE))).toEqual(LEGACY);
  });

  test('of several buttons gives the first and names the others', () => {
    const paste = readPaste(BUTTON_CODE + BUTTON_CODE.replaceAll('5738Z000000Rt9M', '5738Z000000Rt9N'));
    expect(paste.values.buttonId?.text).toBe(buttonId);
    expect(paste.alternatives.buttonId).toEqual([{ text: '5738Z000000Rt9N', line: 10 }]);
    expect(findingOf(paste.findings, 'SEVERAL_VALUES').message).toContain('5738Z000000Rt9N');
  });

  it.each([
    "liveagent.addButtonEventHandler('5738Z000000Rt9M', function (e) {});",
    '<div id="liveagent_invite_button_5738Z000000Rt9M"></div>',
  ])('of an invitation is told: %s', (code) => {
    const paste = readPaste(code);
    expect(textsOf(paste)).toEqual({ buttonId });
    expect(codesOf(paste.findings)).toEqual(['warn INVITATION_BUTTON']);
  });

  test('beside an invitation wins', () => {
    const paste = readPaste(`liveagent.addButtonEventHandler('573000000000001', f);\n${BUTTON_CODE}`);
    expect(paste).toMatchObject({ values: { buttonId: { text: buttonId } }, findings: [] });
  });
});

describe('Embedded Service code', () => {
  test('gives all four values, each with its line', () => {
    const paste = readPaste(EMBEDDED_SERVICE_CODE);
    expect(textsOf(paste)).toEqual(LEGACY);
    expect(linesOf(paste)).toEqual({ liveAgentUrl: 17, orgId: 11, deploymentId: 15, buttonId: 16 });
    expect(paste).toMatchObject({ channel: 'live-chat', alternatives: {}, findings: [] });
  });

  test('names the addresses that are no value', () => {
    expect(readPaste(EMBEDDED_SERVICE_CODE).unused).toEqual([
      { line: 8, text: 'https://acme.my.salesforce.com' },
      { line: 9, text: 'https://acme.my.site.com/support' },
      { line: 14, text: 'https://c.la3-c2-ia4.salesforceliveagent.com/content' },
    ]);
  });

  it.each<[string, (code: string) => string]>([
    ['null for the third argument', (code) => code.replace('gslbBaseURL,', 'null,')],
    ['no line breaks or comments', (code) => code.replace(/ *\/\/.*\n/, '').replaceAll(/\n\s*/g, '')],
    ['quoted keys', (code) => code.replaceAll(/(\w+): '/g, '"$1": \'')],
    [
      'only the object',
      (code) => `${code.slice(code.indexOf('{\n      base'), code.indexOf('\n  );'))}'00D8Z000001kQ7P'`,
    ],
  ])('is read with %s', (_, change) => {
    expect(textsOf(readPaste(change(EMBEDDED_SERVICE_CODE)))).toEqual(LEGACY);
  });
});

describe('copied requests', () => {
  test('of availability give host, organization, deployment and buttons', () => {
    const url =
      'https://d.la3-c2-ia4.salesforceliveagent.com/chat/rest/Visitor/Availability?org_id=00D8Z000001kQ7P&deployment_id=5728Z000000Xv2K&Availability.ids=%5B5738Z000000Rt9M,5738Z000000Rt9N%5D';
    const paste = readPaste(`curl '${url}' -H 'X-LIVEAGENT-API-VERSION: 60'`);
    expect(textsOf(paste)).toMatchObject({
      orgId: LEGACY.orgId,
      deploymentId: LEGACY.deploymentId,
      buttonId: LEGACY.buttonId,
    });
    expect(paste.values.liveAgentUrl?.text).toContain('https://d.la3-c2-ia4.salesforceliveagent.com/chat/rest');
    expect(paste.alternatives.buttonId).toEqual([{ text: '5738Z000000Rt9N', line: 1 }]);
  });

  test('of settings give the buttons too', () => {
    expect(
      textsOf(
        readPaste(
          'Settings.jsonp?sid=1&Settings.buttonIds=[5738Z000000Rt9M]&deployment_id=5728Z000000Xv2K&org_id=00D8Z000001kQ7P',
        ),
      ),
    ).toEqual({
      orgId: LEGACY.orgId,
      deploymentId: LEGACY.deploymentId,
      buttonId: LEGACY.buttonId,
    });
  });

  test('of the chat window give what stands behind the hash', () => {
    const url =
      'https://c.la3-c2-ia4.salesforceliveagent.com/content/s/chat?language=en#deployment_id=5728Z000000Xv2K&org_id=00D8Z000001kQ7P&button_id=5738Z000000Rt9M';
    expect(textsOf(readPaste(url))).toMatchObject({
      orgId: LEGACY.orgId,
      deploymentId: LEGACY.deploymentId,
      buttonId: LEGACY.buttonId,
    });
  });

  test('of the chat request give the body’s values', () => {
    const body =
      '{"organizationId":"00D8Z000001kQ7P","deploymentId":"5728Z000000Xv2K","buttonId":"5738Z000000Rt9M","agentId":"","visitorName":"Ada"}';
    expect(textsOf(readPaste(body))).toEqual({
      orgId: LEGACY.orgId,
      deploymentId: LEGACY.deploymentId,
      buttonId: LEGACY.buttonId,
    });
  });

  test('of another bot platform give its four settings', () => {
    const settings =
      '{"organizationId":"00D8Z000001kQ7P","deploymentId":"5728Z000000Xv2K","buttonId":"5738Z000000Rt9M","endpointDomain":"d.la3-c2-ia4.salesforceliveagent.com"}';
    expect(textsOf(readPaste(settings))).toEqual({ ...LEGACY, liveAgentUrl: 'd.la3-c2-ia4.salesforceliveagent.com' });
  });
});
