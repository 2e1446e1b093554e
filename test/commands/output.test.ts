import { describe, expect, it } from 'vitest';
import { withAddress } from '../../src/commands/address-options.ts';
import { describeLoad } from '../../src/commands/load-report.ts';
import { formatTable } from '../../src/commands/output.ts';
import { describeRelease } from '../../src/commands/publish-report.ts';
import { readConfig } from '../../src/config.ts';

describe('a table', () => {
  it('aligns texts to the left, numbers to the right, and shows what is missing as a dash', () => {
    const table = formatTable(
      ['id', 'rows', 'release'],
      [
        ['openrouter', 1234567, null],
        ['mine', 8, 'mine@1'],
        ['none', null, 'none@1'],
      ],
    );
    expect(table).toBe(
      [
        'id               rows  release',
        'openrouter  1,234,567  –',
        'mine                8  mine@1',
        'none                –  none@1',
      ].join('\n'),
    );
  });

  it('has its names where there are no rows', () => {
    expect(formatTable(['id', 'rows'], [])).toBe('id  rows');
  });
});

describe('the report of a load', () => {
  it('says nothing of tokens and days where nothing was new', () => {
    const summary = { loadId: null, rowsRead: 3, accepted: 0, alreadyLoaded: 3, refused: 0 };
    const nothing = { refusedByReason: [], totalTokens: 0, spendUsd: null, from: null, to: null };
    expect(describeLoad('log.csv', { ...summary, ...nothing })).toBe(
      'log.csv: 3 rows read, 0 accepted, 3 already loaded, 0 refused',
    );
  });
});

describe('the report of a release', () => {
  it('tells a share that can not be known from one of 0', () => {
    const release = {
      releaseId: 'mine@2026-01-02.1',
      periodFrom: '2026-01-01',
      periodTo: '2026-01-02',
      rowsRead: 1,
      rowsQuarantined: 0,
      totalTokens: 0,
      rollups: [],
      unlabelled: [],
      notCovered: { measures: [], dimensions: [] },
    };
    expect(describeRelease({ ...release, labelledShare: null })).toContain('labelled: no model is named');
    expect(describeRelease({ ...release, labelledShare: 0 })).toContain('labelled: 0.0 %');
    expect(describeRelease({ ...release, labelledShare: 1 })).toContain('not covered: nothing');
  });
});

describe('the address of the command line', () => {
  it('wins over the settings, and links follow it unless PUBLIC_URL is set', () => {
    expect(withAddress(readConfig({}), { port: 8080, host: '0.0.0.0' })).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      publicUrl: 'http://localhost:8080',
    });
    expect(withAddress(readConfig({ PUBLIC_URL: 'https://atlas.example' }), { port: 8080 })).toMatchObject({
      host: '127.0.0.1',
      publicUrl: 'https://atlas.example',
    });
    expect(withAddress(readConfig({ PORT: '5000' }), {})).toEqual(readConfig({ PORT: '5000' }));
  });
});
