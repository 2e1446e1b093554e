// A server over the small schema in a process of its own, to be stopped by signals. It tells its parent
// where it listens, when a resolver has started, and when what requests use was closed.
import { stopOnSignal } from '../../src/commands/stop-signals.ts';
import { createLogger } from '../../src/http/logger.ts';
import { startServer } from '../../src/http/serve.ts';
import { allOk } from './readiness-samples.ts';
import { type SmallContext, smallSchema } from './small-schema.ts';

const tell = (event: string): void => void (process.connected && process.send?.(event));
const logger = createLogger('silent');
const server = await startServer<SmallContext>({
  schema: smallSchema,
  createContext: (request) => ({ ...request, seen: tell }),
  checkReadiness: async () => allOk,
  describeRelease: async () => null,
  config: { publicUrl: 'https://atlas.example', host: '127.0.0.1', port: 0 },
  logger,
  close: async () => tell('closed'),
});
tell(server.url);
await stopOnSignal(server.stop, logger);
process.disconnect();
