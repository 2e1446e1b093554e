import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { refusalCodes } from '../../src/events/event-row.ts';
import { finishReasons } from '../../src/events/finish-reason.ts';
import { logFormats } from '../../src/events/formats/index.ts';
import { readColumns } from '../../src/events/formats/log-format.ts';

const page = await readFile(new URL('../../docs/log-formats.md', import.meta.url), 'utf8');

describe('docs/log-formats.md', () => {
  it.each(logFormats.map((format) => [format.id, readColumns(format)] as const))(
    'describes %s and each column it reads',
    (id, columns) => {
      const section = page.split(/^## /m).find((part) => part.split('\n')[0]?.includes(`\`${id}\``));
      expect(columns.filter((column) => !section?.includes(`\`${column}\``))).toEqual([]);
    },
  );

  it('describes each refusal code in the words of the program, and each finish reason', () => {
    const table = page.replace(/ {2,}/g, ' ');
    for (const [code, meaning] of Object.entries(refusalCodes))
      expect(table).toContain(`| \`${code}\` | ${meaning} |`);
    for (const reason of finishReasons) expect(page).toContain(`\`${reason}\``);
  });
});
