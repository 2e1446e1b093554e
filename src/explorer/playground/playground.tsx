import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useEffect, useRef } from 'react';
import { places } from '../shared/places.ts';
import { currentTheme } from '../shared/theme.ts';
import { addressOf } from './address.ts';
import { fetcher } from './fetcher.ts';
import { exampleList } from './example-list.tsx';
import type { EditorText } from './examples.ts';
import { KeyForm } from './key-form.tsx';
import { isNarrow } from './narrow.ts';
import { mendTabs } from './mend-tabs.ts';

/** Lines that fit into the editor of a small window. */
const welcome = `# Press ▶ to ask.
# The book describes all fields.
{
  usage(
    groupBy: [SOURCE_GROUP]
    grain: WEEK
  ) {
    rows {
      period { start }
      sourceGroup
      totalTokens
      share
    }
    meta { release { id } }
    citation { text }
  }
}
`;

const plugins = [exampleList, HISTORY_PLUGIN];

/** The editor with the study's figures as examples. Headers are left out, since history would keep a key in them. */
export function Playground({ opening, notice }: { opening: EditorText | undefined; notice: string }) {
  const editor = useRef<HTMLElement>(null);
  useEffect(() => (editor.current === null ? undefined : mendTabs(editor.current)), []);
  return (
    <>
      <header className="bar">
        <nav aria-label="Pages">
          <a href="/">Token Atlas</a>
          {places.map(([address, name]) => (
            <a key={address} href={address} {...(address === '/playground' && { 'aria-current': 'page' })}>
              {name}
            </a>
          ))}
        </nav>
        <KeyForm />
      </header>
      {notice !== '' && (
        <p className="notice" role="alert">
          {notice}
        </p>
      )}
      <main ref={editor}>
        <h1 className="visually-hidden">Playground</h1>
        <GraphiQL
          fetcher={fetcher}
          plugins={plugins}
          {...(!isNarrow() && { visiblePlugin: exampleList })}
          defaultQuery={welcome}
          {...(opening && { initialQuery: opening.query, initialVariables: opening.variables })}
          defaultEditorToolsVisibility="variables"
          forcedTheme={currentTheme()}
          isHeadersEditorEnabled={false}
          shouldPersistHeaders={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
          <GraphiQL.Toolbar>
            {({ prettify, copy }) => (
              <>
                {prettify}
                {copy}
                <CopyLink />
              </>
            )}
          </GraphiQL.Toolbar>
        </GraphiQL>
      </main>
    </>
  );
}

/** Copies an address that opens the playground with this query. */
function CopyLink() {
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({
    queryEditor,
    variableEditor,
  }));
  const copy = (): void => {
    const address = addressOf({
      query: queryEditor?.getValue() ?? '',
      variables: variableEditor?.getValue() ?? '',
    });
    history.replaceState(null, '', address);
    void navigator.clipboard.writeText(address);
  };
  return (
    <ToolbarButton label="Copy a link to this query" onClick={copy}>
      <svg
        className="graphiql-toolbar-icon"
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        <path
          d="M8.5 11.5 11.5 8.5M9 6l1.6-1.6a3.5 3.5 0 0 1 5 5L14 11M11 14l-1.6 1.6a3.5 3.5 0 0 1-5-5L6 9"
          strokeLinecap="round"
        />
      </svg>
    </ToolbarButton>
  );
}
