import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../config.ts';

export interface AddressOptions {
  port?: number;
  host?: string;
}

/** `--port` and `--host`, for commands that serve. */
export function addAddressOptions(command: Command): Command {
  return command
    .option('--port <number>', 'listen on this port (default: the setting PORT, 4000)', parsePort)
    .option('--host <address>', 'listen on this address (default: the setting HOST, 127.0.0.1)');
}

/** The settings with the address of the command line, which links follow unless PUBLIC_URL is set. */
export function withAddress(
  config: Config,
  { port = config.port, host = config.host }: AddressOptions,
): Config {
  const isDefaultUrl = config.publicUrl === localUrl(config.port);
  return { ...config, port, host, publicUrl: isDefaultUrl ? localUrl(port) : config.publicUrl };
}

const localUrl = (port: number) => `http://localhost:${port}`;

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a whole number from 0 to 65535; 0 takes any free port.');
}
