import { chmod, lstat, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveToProject } from '../../src/config/project-store.ts';
import { systemClock } from '../../src/core/clock.ts';
import { makeFolder } from '../support/folder.ts';
import { WITHOUT_MODES } from '../support/systems.ts';

const MIAW = { channel: 'miaw', orgId: '00D8Z000001kQ7P' } as const;
const SAVE = { replace: false, clock: systemClock };

describe('a project file that is saved', () => {
  it.skipIf(WITHOUT_MODES)('keeps what we do not know, its rights, and the link that leads to it', async () => {
    await using folder = await makeFolder();
    const file = await folder.write('shared/project.json', { $schema: 'x', profiles: {} });
    await chmod(file, 0o640);
    const link = join(folder.path, 'sf-handoff.json');
    await symlink(file, link);
    await saveToProject(link, 'acme', MIAW, SAVE);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ $schema: 'x', profiles: { acme: MIAW } });
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });

  it('is refused with its path where it cannot be read', async () => {
    await using folder = await makeFolder();
    const path = join(folder.path, 'sf-handoff.json');
    await mkdir(path);
    await expect(saveToProject(path, 'acme', MIAW, SAVE)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
