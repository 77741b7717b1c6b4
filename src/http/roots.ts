import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { HandoffError } from '../core/errors.ts';
import type { Env } from './proxies.ts';

const BLOCK = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/**
 * All roots to trust beside `ca`. Naming roots replaces Node's own choice,
 * including those of NODE_EXTRA_CA_CERTS, so these are gathered here again. Throws INVALID_ARGUMENT for an unusable `ca`.
 */
export async function trustedRoots(ca: string, env: Env): Promise<string[]> {
  return [...(await usualRoots(env)), ...certificatesIn(ca)];
}

async function usualRoots(env: Env): Promise<readonly string[]> {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  if (getCACertificates) return getCACertificates('default');
  const file = env.NODE_EXTRA_CA_CERTS;
  const extra = file ? await readFile(file, 'utf8').catch(() => '') : '';
  return [...tls.rootCertificates, ...(extra.match(BLOCK) ?? [])];
}

function certificatesIn(pem: string): readonly string[] {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length > 0 && blocks.every(isCertificate)) return blocks;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: blocks.length > 0 ? '--ca-file holds a damaged certificate' : '--ca-file holds no certificate in PEM form',
    hint: 'export the certificate as PEM (Base64), from BEGIN CERTIFICATE to END CERTIFICATE',
  });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
