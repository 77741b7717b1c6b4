import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** Values of the structure notation that certificates are written in (X.690). */
const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, utf8: 0x0c, time: 0x17, sequence: 0x30, set: 0x31 };
const ECDSA_WITH_SHA256 = '06082a8648ce3d040302';
const COMMON_NAME = '0603550403';
const BASIC_CONSTRAINTS = '0603551d13';
const ALTERNATIVE_NAMES = '0603551d11';
const TRUE = Buffer.from('0101ff', 'hex');
/** From 2020 to 2049, the whole span of the short form of time: no clock is asked. */
const VALIDITY = ['200101000000Z', '491231235959Z'];

/** A new P-256 key and a certificate for 127.0.0.1, ::1 and localhost that vouches for itself, both as PEM. */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = certificateBody(publicKey);
  const signature = createSign('sha256').update(body).sign(privateKey);
  const certificate = sequence(body, algorithm(), bits(signature));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(certificate) };
}

function certificateBody(publicKey: KeyObject): Buffer {
  const version = field(0xa0, field(TAG.integer, Buffer.from([2])));
  // The first bit of a serial number has to be zero, or the number is negative.
  const serial = field(TAG.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const commonName = sequence(hex(COMMON_NAME), field(TAG.utf8, Buffer.from('sf-handoff simulator')));
  const name = sequence(field(TAG.set, commonName));
  const validity = sequence(...VALIDITY.map((time) => field(TAG.time, Buffer.from(time))));
  const keyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const extensions = field(0xa3, sequence(basicConstraints(), alternativeNames()));
  return sequence(version, serial, algorithm(), name, validity, name, keyInfo, extensions);
}

function algorithm(): Buffer {
  return sequence(hex(ECDSA_WITH_SHA256));
}

function basicConstraints(): Buffer {
  return sequence(hex(BASIC_CONSTRAINTS), TRUE, field(TAG.octets, sequence(TRUE)));
}

function alternativeNames(): Buffer {
  const names = sequence(
    field(0x82, Buffer.from('localhost')),
    field(0x87, Buffer.from([127, 0, 0, 1])),
    field(0x87, Buffer.concat([Buffer.alloc(15), Buffer.from([1])])),
  );
  return sequence(hex(ALTERNATIVE_NAMES), field(TAG.octets, names));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return field(TAG.sequence, Buffer.concat(parts));
}

function bits(content: Buffer): Buffer {
  return field(TAG.bits, Buffer.concat([Buffer.from([0]), content]));
}

function field(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
