import { continents } from 'countries-list';

/** The study's six continents by code, and Antarctica. */
export const continentNames: Readonly<Record<string, string>> = continents;
