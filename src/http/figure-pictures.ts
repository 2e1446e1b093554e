import { Router, type Request } from 'express';
import { AtlasError } from '../errors.ts';
import type { AskedPicture } from '../graphql/figures/figure-pictures.ts';

/** Answers with SVG, or throws. */
export type DrawFigure = (asked: AskedPicture) => Promise<string>;

const daySeconds = 86_400;
/** A new release is seen after as long. */
const minuteSeconds = 60;

/**
 * `/figures/<id>.svg?dataset=&release=&theme=`: a small picture of a figure. Before access is decided: keys are not
 * looked at, and nobody is charged.
 */
export function figurePictureRoutes(draw: DrawFigure): Router {
  const router = Router();
  router.get('/figures/:id.svg', async (request, response) => {
    const asked = readQuestion(request);
    const svg = await draw(asked);
    // A release never changes; a day, since a newer program may draw it otherwise.
    const caching = asked.release === null ? `max-age=${minuteSeconds}` : `max-age=${daySeconds}, immutable`;
    response.set({
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      'Cache-Control': `public, ${caching}`,
    });
    response.send(svg);
  });
  return router;
}

function readQuestion({ params, query }: Request): AskedPicture {
  const theme = textOf(query.theme, 'theme') ?? 'light';
  if (theme !== 'light' && theme !== 'dark') {
    throw new AtlasError('BAD_ARGUMENT', 'theme is light or dark.');
  }
  return {
    id: String(params.id),
    dataset: textOf(query.dataset, 'dataset'),
    release: textOf(query.release, 'release'),
    theme,
  };
}

/** One value; repeated or nested ones are refused. */
function textOf(value: unknown, name: string): string | null {
  if (value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  throw new AtlasError('BAD_ARGUMENT', `Give ${name} once.`);
}
