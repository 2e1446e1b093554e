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
    const summary = { loadId: null, rowsRead: 3, accepted: 0, alreadyLoaded: 3, refused: 0, dropped: 0 };
    const nothing = { refusedByReason: [], totalTokens: 0, spendUsd: null, from: null, to: null };
    expect(describeLoad('log.csv', { ...summary, ...nothing })).toBe(
      'log.csv: 3 rows read, 0 accepted, 3 already loaded, 0 refused',
    );
  });

  it('of content labels tells what was left out, and no tokens', () => {
    const summary = { loadId: 2, rowsRead: 9, accepted: 5, alreadyLoaded: 0, refused: 0, dropped: 4 };
    const nothing = { refusedByReason: [], totalTokens: 0, spendUsd: null, from: null, to: null };
    expect(describeLoad('labels.csv', { ...summary, ...nothing })).toBe(
      'labels.csv: 9 rows read, 5 accepted, 0 already loaded, 0 refused, 4 of too little confidence left out',
    );
  });
});

describe('the report of a release', () => {
  const release = {
    releaseId: 'mine@2026-01-02.1',
    periodFrom: '2026-01-01',
    periodTo: '2026-01-02',
    rowsRead: 1,
    rowsQuarantined: 0,
    totalTokens: 0,
    rollups: [],
    withheld: null,
    labelledShare: null,
    unlabelled: [],
    labels: null,
    notCovered: { measures: [], dimensions: [] },
  };

  it('tells a share that can not be known from one of 0', () => {
    expect(describeRelease({ ...release, labelledShare: null })).toContain('labelled: no model is named');
    expect(describeRelease({ ...release, labelledShare: 0 })).toContain('labelled: 0.0 %');
    expect(describeRelease({ ...release, labelledShare: 1 })).toContain('not covered: nothing');
  });

  it('tells what became of content labels, where there are any', () => {
    const labels = {
      mapped: 1200,
      unmapped: 9,
      unmappedLabels: ['/Sports', '/Travel', '/Shopping', '/Games', '/News', '/Autos'].map(
        (label, index) => ({
          label,
          labels: 4 - Math.min(index, 3),
        }),
      ),
      superseded: 0,
      orphans: 2,
      generations: 1000,
      rate: 0.0025,
    };
    expect(describeRelease(release)).not.toContain('content labels');
    expect(describeRelease({ ...release, labels })).toContain(
      'content labels: 1,200 mapped, 9 unmapped (/Sports 4, /Travel 3, /Shopping 2, /Games 1, /News 1, …), ' +
        '2 of generations that are not loaded; 1,000 generations labelled, a share of 0.0025 on their days',
    );
    const orphans = { ...labels, mapped: 0, unmapped: 0, unmappedLabels: [], generations: 0, rate: null };
    expect(describeRelease({ ...release, labels: orphans })).toContain(
      'content labels: 0 mapped, 0 unmapped, 2 of generations that are not loaded; no labelled generation is loaded',
    );
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
