import { expect, it } from 'vitest';
import { describeOnEachDatabase } from './databases.ts';

describeOnEachDatabase('a test database', (open, kind) => {
  it('is migrated, empty and separate from any other', async () => {
    const one = await open();
    const other = await open();
    await one.prisma.dataset.create({
      data: { id: 'a', title: 'A', description: '', kind: 'USAGE_FEED', licence: 'X', citation: 'A' },
    });

    expect(one.kind).toBe(kind);
    expect(await one.prisma.dataset.count()).toBe(1);
    expect(await other.prisma.dataset.count()).toBe(0);
  });

  it('can be closed twice', async () => {
    const database = await open();
    await database.close();
    await expect(database.close()).resolves.toBeUndefined();
  });
});
