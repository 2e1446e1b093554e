// Writes schema/schema.graphql, which is committed so that a change of the API is seen in review.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildAtlasSchema } from '../src/graphql/schema.ts';

const file = path.resolve(import.meta.dirname, '../schema/schema.graphql');
await writeFile(file, `${printSchema(lexicographicSortSchema(buildAtlasSchema()))}\n`);
