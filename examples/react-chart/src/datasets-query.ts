import { graphql } from './graphql.ts';

/** The data sets that whoever asks may see: a key can open more of them. */
export const datasetsQuery = graphql(`
  query Datasets {
    datasets {
      id
      title
    }
  }
`);
