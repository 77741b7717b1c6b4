import { type Confidence, INSTANCE, PROVEN_PARTITIONS, UNPROVEN_PARTITIONS } from './host-families.ts';

/** The part of a host that names the org: the My Domain name, with its sandbox and partition. */
export interface OrgName {
  /** As it stands in front of `.my.`, for example `acme--uat.sandbox`. */
  readonly stem: string;
  readonly confidence: Confidence;
  readonly code?: string;
  readonly doubt?: string;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Reads the labels in front of a family's suffix; null where they cannot name an org. */
export function readOrgName(labels: readonly string[], hasPackage: boolean): OrgName | null {
  const [first = '', ...others] = labels;
  const name = hasPackage && first.includes('--') ? first.slice(0, first.lastIndexOf('--')) : first;
  if (others.length > 2 || ![name, ...others].every((label) => LABEL.test(label))) return null;
  const words = others.filter((label) => !INSTANCE.test(label));
  if (words.length > 1) return null;
  const partition = words[0];
  const isSandbox = name.includes('--');
  if (words.length < others.length) return withoutInstance(name, isSandbox, partition);
  if (partition === undefined) return isSandbox ? withoutPartition(name) : { stem: name, confidence: 'documented' };
  return partitioned(name, partition);
}

function withoutPartition(name: string): OrgName {
  const doubt = 'sandboxes have moved to addresses with .sandbox in them';
  return { stem: `${name}.sandbox`, confidence: 'deduced', code: 'SANDBOX_WITHOUT_PARTITION', doubt };
}

function withoutInstance(name: string, isSandbox: boolean, partition: string | undefined): OrgName {
  const stem = `${name}${isSandbox ? '.sandbox' : partition === undefined ? '' : `.${partition}`}`;
  return {
    stem,
    confidence: 'deduced',
    code: 'INSTANCE_IN_HOST',
    doubt: 'addresses that name an instance are of an old form',
  };
}

function partitioned(name: string, partition: string): OrgName {
  const stem = `${name}.${partition}`;
  if (PROVEN_PARTITIONS.includes(partition)) return { stem, confidence: 'documented' };
  const doubt = UNPROVEN_PARTITIONS.includes(partition)
    ? `no messaging host with .${partition} in it is known in public`
    : `.${partition} is not a word that Salesforce is known to put there`;
  return { stem, confidence: 'deduced', code: 'PARTITION_UNPROVEN', doubt };
}
