import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sirv from 'sirv';

const run = promisify(execFile);
const example = path.resolve(import.meta.dirname, '../../examples/react-chart');

export interface ReactPage {
  /** Its address, which is not of the server's origin. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Installs the example where it is not, builds it as its README has it for a server, and serves what was built. */
export async function serveReactPage(atlasUrl: string): Promise<ReactPage> {
  if (!existsSync(path.join(example, 'node_modules'))) {
    await npm(['ci', '--prefer-offline', '--no-audit', '--no-fund']);
  }
  const directory = await mkdtemp(path.join(tmpdir(), 'atlas-react-'));
  await npm(['run', 'build', '--', '--outDir', directory, '--emptyOutDir'], { VITE_ATLAS_URL: atlasUrl });

  const serveFile = sirv(directory);
  const server = createServer((request, response) => {
    serveFile(request, response, () => void response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** What the compiler or the bundler complains of is what the test fails with. */
async function npm(parameters: readonly string[], settings: Record<string, string> = {}): Promise<void> {
  const environment = { ...process.env, NODE_ENV: '', ...settings };
  try {
    await run('npm', [...parameters], { cwd: example, env: environment });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`npm ${parameters.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
