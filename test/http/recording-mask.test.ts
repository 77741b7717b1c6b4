import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../src/core/redact.ts';
import { createRecordingMask } from '../../src/http/recording-mask.ts';

const mask = (keepTexts = false) => createRecordingMask(createSecrets(), keepTexts);
const body = (value: unknown, keepTexts = false) => mask(keepTexts).body(JSON.stringify(value));

describe('secrets in a recording', () => {
  it.each([
    ['accessToken', 'opaque-access-1234'],
    ['key', 'session-key-opaque'],
    ['affinityToken', '5f2c71ab'],
    ['fileToken', 'ZmlsZQ=='],
    ['customerIdentityToken', 'abc'],
  ])('%s is masked, also with texts kept', (name, value) => {
    expect(body({ [name]: value }, true)).toEqual({ [name]: '[redacted]' });
  });

  it('are known from then on, wherever they stand', () => {
    const recording = mask();
    recording.body('{"key":"opaque-session-key"}');
    expect(recording.plain('/rest/System/SessionId/opaque-session-key')).toBe('/rest/System/SessionId/[redacted]');
  });

  it.each(['Authorization', 'Cookie', 'set-cookie', 'X-LIVEAGENT-SESSION-KEY', 'X-LIVEAGENT-AFFINITY'])(
    'are masked in the header %s',
    (name) => {
      expect(mask().headers({ [name]: 'something' })).toEqual({ [name]: '[redacted]' });
    },
  );

  it('are masked in the query of an address', () => {
    expect(mask().plain('/file?encoding=UTF-8&fileToken=abc&x=1')).toBe(
      '/file?encoding=UTF-8&fileToken=[redacted]&x=1',
    );
  });

  it('leave the affinity that is still to be given', () => {
    expect(mask().headers({ 'X-LIVEAGENT-AFFINITY': 'null' })).toEqual({ 'X-LIVEAGENT-AFFINITY': 'null' });
  });
});

describe('texts in a recording', () => {
  it('say only how long they were', () => {
    expect(body({ text: 'My card is 4111' })).toEqual({ text: '[15 characters]' });
  });

  it('are kept where that is asked for', () => {
    expect(body({ text: 'My card is 4111' }, true)).toEqual({ text: 'My card is 4111' });
  });

  it('are masked inside a payload that is JSON in a string, which stays one', () => {
    const entryPayload = JSON.stringify({
      abstractMessage: { id: 'm-1', staticContent: { formatType: 'Text', text: 'hi' } },
    });
    expect(body({ entryPayload })).toEqual({
      entryPayload: JSON.stringify({
        abstractMessage: { id: 'm-1', staticContent: { formatType: 'Text', text: '[2 characters]' } },
      }),
    });
  });

  it('are masked under names that nobody knows', () => {
    expect(body({ brandNew: 'who knows' })).toEqual({ brandNew: '[9 characters]' });
  });

  it('include all that a visitor entered, numbers too', () => {
    expect(body({ routingAttributes: { CustomerId: '4711', Age: 44 } })).toEqual({
      routingAttributes: { CustomerId: '[4 characters]', Age: 0 },
    });
  });

  it('include the name of the visitor, and not that of the agent', () => {
    const entry = (role: string, senderDisplayName: string) => body({ sender: { role }, senderDisplayName });
    expect([entry('EndUser', 'Jane'), entry('Agent', 'Maria')]).toEqual([
      { sender: { role: 'EndUser' }, senderDisplayName: '[4 characters]' },
      { sender: { role: 'Agent' }, senderDisplayName: 'Maria' },
    ]);
  });

  it('include the names of files', () => {
    expect(body({ name: 'passport-jane.pdf', mimeType: 'application/pdf' })).toEqual({
      name: '[17 characters]',
      mimeType: 'application/pdf',
    });
  });

  it('are masked where the body is no JSON', () => {
    expect(mask().body('hello there')).toBe('[11 characters]');
  });

  it('do not include the words of a refusal', () => {
    expect(mask().refusal('{"message":"The deployment is not published","text":"x"}')).toEqual({
      message: 'The deployment is not published',
      text: '[1 characters]',
    });
  });

  it('survive absurd depths', () => {
    const deep = `${'['.repeat(5000)}"secret words"${']'.repeat(5000)}`;
    expect(JSON.stringify(mask().body(deep))).not.toContain('secret words');
  });
});
