import { countries as countryList, type TContinentCode } from 'countries-list';
import isoCountries from 'i18n-iso-countries';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import { continentNames } from './continents.ts';
import type { CountryCode } from './types.ts';

export type ContinentCode = TContinentCode;

export interface Country {
  /** ISO 3166-1 alpha-2; XK, which ISO leaves to its users, is Kosovo. */
  readonly id: CountryCode;
  readonly alpha3: string;
  readonly name: string;
  readonly continentId: ContinentCode;
}

export interface Continent {
  readonly id: ContinentCode;
  readonly name: string;
}

/** countries-list puts Russia in Asia by area; the UN's statistical regions (M49) count it as Eastern Europe. */
const continentOverrides: ReadonlyMap<string, ContinentCode> = new Map([['RU', 'EU']]);

isoCountries.registerLocale(english);

export const continents: ReadonlyMap<ContinentCode, Continent> = new Map(
  Object.entries(continentNames).map(([id, name]) => [
    id as ContinentCode,
    Object.freeze({ id: id as ContinentCode, name }),
  ]),
);

export const countries: ReadonlyMap<CountryCode, Country> = new Map(
  Object.entries(isoCountries.getAlpha2Codes())
    .map(([id, alpha3]): [CountryCode, Country] => [id, toCountry(id, alpha3)])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

function toCountry(id: CountryCode, alpha3: string): Country {
  const listed = countryList[id as keyof typeof countryList];
  return Object.freeze({
    id,
    alpha3,
    // The everyday name: ISO has "Korea, Republic of".
    name: listed.name,
    continentId: continentOverrides.get(id) ?? listed.continent,
  });
}

/** The country of an ISO code of two or three letters or of an English name; null where it is none of these. */
export function countryOf(raw: string): CountryCode | null {
  // Made at the first use: the serving side loads the room and never asks.
  codesByName ??= nameIndex();
  return codesByName.get(nameKey(raw)) ?? null;
}

let codesByName: ReadonlyMap<string, CountryCode | null> | null = null;

/** Codes and everyday names first, then the other names that both libraries know; a name of two countries is none's. */
function nameIndex(): Map<string, CountryCode | null> {
  const listed = countryList as Record<string, { alias?: readonly string[] }>;
  const own = new Map<string, CountryCode | null>();
  const other = new Map<string, CountryCode | null>();
  for (const { id, alpha3, name } of countries.values()) {
    for (const known of [id, alpha3, name]) own.set(nameKey(known), id);
    const names = [
      ...(isoCountries.getName(id, 'en', { select: 'all' }) ?? []),
      ...(listed[id]?.alias ?? []),
    ];
    for (const key of new Set(names.map(nameKey))) other.set(key, other.has(key) ? null : id);
  }
  return new Map([...other, ...own]);
}

/** The continent of a country code; null for a code that is not a country's. */
export function continentOf(country: CountryCode): ContinentCode | null {
  return countries.get(country)?.continentId ?? null;
}

/** "Côte d'Ivoire", "COTE D IVOIRE" and "The Netherlands", "Netherlands" meet. */
function nameKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .replace(/^the /, '');
}
