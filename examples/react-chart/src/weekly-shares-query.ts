import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.ts';

/** The part of each week's tokens by source: the question that this example answers. */
export const weeklySharesQuery = graphql(`
  query WeeklyShares($dataset: ID) {
    usage(dataset: $dataset, groupBy: [SOURCE_GROUP], grain: WEEK) {
      rows {
        period {
          start
          end
          complete
        }
        sourceGroup
        totalTokens
        share
      }
      meta {
        synthetic
        warnings
        release {
          id
          publishedAt
        }
        withheld {
          cells
          tokenShare
          minimumUsers
        }
      }
      citation {
        text
        url
      }
    }
  }
`);

export type UsageReport = ResultOf<typeof weeklySharesQuery>['usage'];
