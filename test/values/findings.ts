import type { Finding } from '../../src/core/config.ts';

/** The codes of findings, each with its severity in front: `warn ID_CASE_FOLDED`. */
export function codesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

export function findingOf<F extends Finding>(findings: readonly F[], code: string): F {
  const found = findings.find((finding) => finding.code === code);
  if (!found) throw new Error(`no ${code} among ${codesOf(findings).join(', ') || 'no findings'}`);
  return found;
}
