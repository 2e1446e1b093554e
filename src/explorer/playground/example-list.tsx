import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { useEffect, useRef, useState } from 'react';
import { readAddress } from './address.ts';
import { editorText, readExamples, type Example, type Examples } from './examples.ts';
import { isNarrow } from './narrow.ts';
import { useKey } from './use-key.ts';

/** The figures of the study in the side bar of the editor; choosing one fills the editors. */
export const exampleList: GraphiQLPlugin = {
  title: 'Examples',
  icon: ExampleIcon,
  content: ExampleList,
};

function ExampleIcon() {
  return (
    <svg viewBox="0 0 20 20" width="1em" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5">
      <path d="M3 17V3M3 17h14M7 13V9M11 13V5M15 13v-2" strokeLinecap="round" />
    </svg>
  );
}

function ExampleList() {
  const [dataset, setDataset] = useState(readAddress().dataset);
  const [examples, setExamples] = useState<Examples>();
  const [failure, setFailure] = useState('');
  const [attempt, setAttempt] = useState(0);
  const key = useKey();
  const fill = useFill();

  useEffect(() => {
    let isCurrent = true;
    readExamples(dataset).then(
      (read) => {
        if (!isCurrent) return;
        setExamples(read);
        setFailure('');
      },
      (error: unknown) => {
        if (isCurrent) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [dataset, attempt, key]);

  return (
    <div className="examples">
      <h2>Examples</h2>
      <p>The figures of the study. Choose one, then run it.</p>
      {failure !== '' && (
        <p role="alert">
          {failure}{' '}
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
        </p>
      )}
      {examples !== undefined && (
        <>
          <label>
            Data set
            <select value={examples.dataset.id} onChange={({ target }) => setDataset(target.value)}>
              {examples.datasets.map(({ id, title, synthetic }) => (
                <option key={id} value={id}>
                  {title}
                  {synthetic && !/synthetic/i.test(title) ? ' (synthetic)' : ''}
                </option>
              ))}
            </select>
          </label>
          {sectionsOf(examples.figures).map(([section, figures]) => (
            <section key={section}>
              <h3>{section}</h3>
              <ul>
                {figures.map((figure) => (
                  <ExampleEntry
                    key={figure.id}
                    figure={figure}
                    choose={(panel) => fill(figure, panel, examples.dataset.id)}
                  />
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
    </div>
  );
}

function ExampleEntry({ figure, choose }: { figure: Example; choose: (panel: string | undefined) => void }) {
  const { number, title, panels, coverage } = figure;
  return (
    <li>
      <button type="button" onClick={() => choose(undefined)}>
        <span>{number}</span> {title}
      </button>
      {!coverage.covered && <small>This data set lacks {coverage.missing.join(', ')}.</small>}
      {panels.length > 1 && (
        <ul>
          {panels.map((panel) => (
            <li key={panel.key}>
              <button type="button" onClick={() => choose(panel.key)}>
                {panel.title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Fills the editors; what somebody wrote stays in its tab, and the example opens in another. */
function useFill() {
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({
    queryEditor,
    variableEditor,
  }));
  const { addTab, setVisiblePlugin } = useGraphiQLActions();
  const filled = useRef('');
  return (figure: Example, panel: string | undefined, dataset: string): void => {
    const { query, variables } = editorText(figure, panel, dataset);
    const present = queryEditor?.getValue().trim() ?? '';
    if (present !== '' && present !== filled.current) addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    filled.current = query.trim();
    // There the list lies over the editor.
    if (isNarrow()) setVisiblePlugin(null);
    const parameters = new URLSearchParams({ figure: figure.id, dataset, ...(panel && { panel }) });
    history.replaceState(null, '', `?${parameters.toString()}`);
  };
}

function sectionsOf(figures: readonly Example[]): [string, Example[]][] {
  const sections = new Map<string, Example[]>();
  for (const figure of figures) {
    const [chapter = ''] = figure.section.split(':');
    sections.set(chapter, [...(sections.get(chapter) ?? []), figure]);
  }
  return [...sections];
}
