import { ErrorBoundary, lazy, LocationProvider, Route, Router } from 'preact-iso';
import { Gallery } from './gallery/gallery.tsx';
import { NotFound } from './not-found.tsx';

const FigurePage = lazy(() => import('./figure/figure-page.tsx').then((module) => module.FigurePage));

const BuildPage = lazy(() => import('./build/build-page.tsx').then((module) => module.BuildPage));

const ReleasesPage = lazy(() => import('./releases/releases-page.tsx').then((module) => module.ReleasesPage));

const QueryPage = lazy(() => import('./query/query-page.tsx').then((module) => module.QueryPage));

/** The playground is a page of its own, which the server answers with. */
const ownPages = /^\/(\?|$|(figures|build|query)([/?]|$)|releases(\?|$))/;

export function App() {
  return (
    <LocationProvider scope={ownPages}>
      <ErrorBoundary>
        <Router>
          <Route path="/" component={Gallery} />
          <Route path="/figures" component={Gallery} />
          <Route path="/figures/:id" component={FigurePage} />
          <Route path="/build" component={BuildPage} />
          <Route path="/releases" component={ReleasesPage} />
          <Route path="/query" component={QueryPage} />
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
    </LocationProvider>
  );
}
