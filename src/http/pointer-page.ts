import type { ApolloServerPlugin } from '@apollo/server';

/** Who opens /graphql in a browser is told what it is and how to ask it. */
export function pointerPage(publicUrl: string): ApolloServerPlugin {
  const url = escapeHtml(publicUrl);
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Token Atlas: GraphQL endpoint</title>
<link rel="alternate" type="application/atom+xml" title="Releases" href="${url}/feeds/releases.atom">
<h1>Token Atlas</h1>
<p>This is the GraphQL endpoint. Send it a query with POST, from a GraphQL client or the command line:</p>
<pre>curl ${url}/graphql -H 'content-type: application/json' -d '{"query":"{ datasets { id title } }"}'</pre>
<p>Introspection is on: any GraphQL client shows the whole schema with its descriptions.</p>
</html>
`;
  return {
    async serverWillStart() {
      return { renderLandingPage: async () => ({ html }) };
    },
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
