import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import { followMove, movedTo, refuseTransposedHost, tidyLiveAgentUrl } from '../../src/transport/live-chat-server.ts';
import { liveChatFixture } from '../support/live-chat-session.ts';

const OLD = 'https://d.la1a1.salesforceliveagent.com/chat';
const NEW = 'https://d.la3-c2-ia4.salesforceliveagent.com/chat';

const codeOf = (work: () => unknown) => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof HandoffError ? error.code : error;
  }
};

test('a SwitchServer answer says where the org has gone', () => {
  expect(movedTo(liveChatFixture('switch-server-response'))).toBe(NEW);
});

test('a SwitchServer is found behind other messages', () => {
  const moved = { type: 'SwitchServer', message: { newUrl: NEW } };
  expect(movedTo({ messages: [{ type: 'Availability', message: {} }, moved] })).toBe(NEW);
});

test('an availability answer moves nobody', () => {
  expect(movedTo(liveChatFixture('availability-response'))).toBeUndefined();
});

test.each([{}, { newUrl: 5 }, { newUrl: '' }, null])(
  'a SwitchServer with %j says only that the org moved',
  (message) => {
    expect(movedTo({ messages: [{ type: 'SwitchServer', message }] })).toBe('');
  },
);

test.each([
  NEW,
  'https://d.la3-c2-ia4.salesforceliveagent.com/chat/',
  'https://d.la3-c2-ia4.salesforceliveagent.com/chat/rest/',
  'https://d.la3-c2-ia4.salesforceliveagent.com',
  'd.la3-c2-ia4.salesforceliveagent.com',
])('%s leads to the new Live Agent URL', (newUrl) => {
  expect(followMove(OLD, newUrl)).toBe(NEW);
});

test.each(['https://example.my.salesforce-scrt.com/chat', 'https://d.gla5.gus.salesforce.com/chat'])(
  '%s is a host of Salesforce',
  (newUrl) => {
    expect(followMove(OLD, newUrl)).toBe(newUrl);
  },
);

test.each([
  'https://evil.example/chat',
  'https://salesforceliveagent.com.evil.example/chat',
  'https://evilsalesforceliveagent.com/chat',
  'http://d.la3-c2-ia4.salesforceliveagent.com/chat',
  'https://d.la3-c2-ia4.salesforceliveagent.com:8443/chat',
  'https://user@d.la3-c2-ia4.salesforceliveagent.com/chat',
  'https://example.my.salesforce-srct.com/chat',
  'http://127.0.0.1:8080/chat',
  'javascript:alert(1)',
  'https://',
  '',
])('%s is not followed', (newUrl) => {
  expect(codeOf(() => followMove(OLD, newUrl))).toBe('SERVER_MOVED');
});

test('loopback may point to another port of loopback', () => {
  expect(followMove('http://127.0.0.1:8080/chat', 'http://localhost:9090/chat')).toBe('http://localhost:9090/chat');
});

test('the error of a move that is not followed sends nobody to the stranger', () => {
  expect(() => followMove(OLD, 'https://evil.example/chat/rest')).toThrowError(
    expect.objectContaining({
      message: 'The service points to evil.example, which is not followed',
      hint: 'copy the deployment code again',
    }),
  );
});

test('text that is no address is given back as it is', () => {
  expect(tidyLiveAgentUrl('http:// nowhere')).toBe('http:// nowhere');
});

test('nothing is ever sent to the transposed domain', () => {
  expect(codeOf(() => refuseTransposedHost('https://example.my.salesforce-srct.com/chat'))).toBe(
    'BASE_URL_DOMAIN_SLIP',
  );
});

test('the right domain is not refused', () => {
  expect(codeOf(() => refuseTransposedHost('https://example.my.salesforce-scrt.com/chat'))).toBeUndefined();
});
