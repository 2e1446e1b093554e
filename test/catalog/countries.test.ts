import { describe, expect, it } from 'vitest';
import { continentOf, continents, countries, countryOf } from '../../src/catalog/index.ts';

describe('countryOf', () => {
  it.each([
    ['US', 'US'],
    ['usa', 'US'],
    ['United States', 'US'],
    ['DEU', 'DE'],
    [' germany ', 'DE'],
    ['Viet Nam', 'VN'],
    ['Vietnam', 'VN'],
    ['The Netherlands', 'NL'],
    ['Côte d’Ivoire', 'CI'],
    ["COTE D'IVOIRE", 'CI'],
    ['South Korea', 'KR'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['Taiwan', 'TW'],
    ['UK', 'GB'],
    ['Kosovo', 'XK'],
  ])('reads %j as %s', (raw, code) => {
    expect(countryOf(raw)).toBe(code);
  });

  it.each(['', 'Korea', 'Congo', 'EU', 'Atlantis', 'XX', 'ZZZ', '__proto__', '42'])(
    'reads nothing into %j',
    (raw) => {
      expect(countryOf(raw)).toBeNull();
    },
  );

  it('knows every country by its two codes and its name', () => {
    for (const { id, alpha3, name } of countries.values()) {
      expect([countryOf(id), countryOf(alpha3), countryOf(name)], id).toEqual([id, id, id]);
    }
  });
});

describe('continents', () => {
  it("are the study's six and Antarctica", () => {
    expect([...continents.values()].map(({ name }) => name).sort()).toEqual([
      'Africa',
      'Antarctica',
      'Asia',
      'Europe',
      'North America',
      'Oceania',
      'South America',
    ]);
  });

  it.each([
    ['US', 'NA'],
    ['MX', 'NA'],
    ['SG', 'AS'],
    ['TR', 'AS'],
    ['RU', 'EU'],
    ['BR', 'SA'],
    ['AU', 'OC'],
    ['ZA', 'AF'],
  ])('%s is in %s', (country, continent) => {
    expect(continentOf(country)).toBe(continent);
  });

  it('hold every country', () => {
    expect(countries.size).toBe(250);
    for (const { id, continentId } of countries.values()) expect(continents.has(continentId), id).toBe(true);
    expect(continentOf('XX')).toBeNull();
  });
});
