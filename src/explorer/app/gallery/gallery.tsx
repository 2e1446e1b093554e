import { useLocation } from 'preact-iso';
import { readAddress, writeAddress } from '../../shared/address.ts';
import { ProblemNotice, SyntheticNotice } from '../../shared/notice.tsx';
import { openKeyDialog, PageFrame } from '../../shared/page-frame.tsx';
import { useAnswer } from '../../shared/use-answer.ts';
import { DatasetPicker } from '../dataset-picker.tsx';
import { datasetOf } from '../datasets.ts';
import { FigureCard } from './figure-card.tsx';
import { galleryQuery, type GalleryAnswer } from './gallery-query.ts';
import { sectionsOf } from './sections.ts';

/** All figures of the study, small, from one data set as far as it carries them. */
export function Gallery() {
  const { url, route } = useLocation();
  const { dataset, release } = readAddress(new URL(url, location.origin).search);
  const { answer, problem, loading, retry } = useAnswer<GalleryAnswer>(galleryQuery, { dataset, release });
  const data = answer?.data;
  const shown = data?.figures[0]?.coverage;
  const chosen = data && shown && datasetOf(data.datasets, shown.release);
  const covered = data?.figures.filter(({ coverage }) => coverage.covered).length ?? 0;
  return (
    <PageFrame place="/" title="Figures">
      <h1>Who uses which models, for what, from where, at what cost, and who stays</h1>
      <p class="lead">
        The figures of <cite>State of AI: An Empirical 100 Trillion Token Study</cite>, redrawn from counted
        request logs. Each leads to its query, its rows, and what was published.
      </p>
      {problem !== null && <ProblemNotice problem={problem} onRetry={retry} onKey={openKeyDialog} />}
      <p role="status" class={loading && data === undefined ? 'hint' : 'visually-hidden'}>
        {loading ? 'Loading the figures…' : `${covered} figures drawn from ${chosen?.title ?? ''}.`}
      </p>
      {data && shown && chosen && (
        <>
          <div class="form-row">
            <DatasetPicker
              datasets={data.datasets}
              dataset={chosen.id}
              release={shown.release}
              onChange={(picked) => route(`/${writeAddress(picked)}`)}
            />
            <p class="hint">
              Carries {covered} of {data.figures.length} figures. The others are drawn from a data set that
              does, and say so.
            </p>
          </div>
          {chosen.synthetic && <SyntheticNotice title={chosen.title} />}
          {sectionsOf(data.figures).map(({ title, figures }) => (
            <section key={title} class="gallery-section">
              <h2>{title}</h2>
              <ul class="cards">
                {figures.map((figure) => (
                  <FigureCard key={figure.id} figure={figure} datasets={data.datasets} />
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
    </PageFrame>
  );
}
