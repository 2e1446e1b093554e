import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/commands/program.ts';
import { makeWorkingDirectory, runAtlas } from './run-atlas.ts';

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

const commands = allCommands(buildProgram());

describe('the command line', () => {
  it('has these commands', () => {
    expect(commands.slice(1).map((command) => `${pathOf(command)}: ${command.summary()}`))
      .toMatchInlineSnapshot(`
        [
          "atlas start: publish the data sets that ship, once, and serve",
          "atlas serve: serve the API from what was published",
          "atlas datasets: list the data sets, or declare one",
          "atlas datasets add: declare a data set, or change a declaration",
          "atlas load: read log files into the event store",
          "atlas quarantine: list the rows that were refused, and why",
          "atlas publish: count what was loaded and publish it as a release",
          "atlas simulate: draw a synthetic study with known truth",
          "atlas prune: remove old releases of a data set",
          "atlas catalog: ask who is who: models, authors, providers",
          "atlas catalog unlabelled: list the model names that the catalogue can not label",
          "atlas catalog model: say what a name in a log stands for",
          "atlas keys: make, list, rotate and revoke API keys",
          "atlas keys create: make a key and print it, once",
          "atlas keys list: list all keys, newest first",
          "atlas keys show: show a key, what became of it and what it was used for",
          "atlas keys rotate: replace a key by a new one that allows the same",
          "atlas keys revoke: end a key for good",
          "atlas migrate: bring the database to the schema of this version",
        ]
      `);
  });

  it.each(commands.map((command) => ({ name: pathOf(command), command })))(
    '$name says what it does and what each option and argument is',
    ({ command }) => {
      expect(command.description()).not.toBe('');
      for (const { description } of [...command.options, ...command.registeredArguments]) {
        expect(description).not.toBe('');
      }
    },
  );

  it('shows its commands, examples and exit codes, and prints its version', async () => {
    const cwd = await makeWorkingDirectory();
    const help = await runAtlas(cwd, ['--help']);
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: atlas/);
    expect(help.stdout).toContain('atlas load --dataset my-gateway');
    expect(help.stdout).toContain('Exit codes: 0 done');
    expect(await runAtlas(cwd, ['--version'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect(await runAtlas(cwd, ['load', '--help'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('--set provider=azure'),
    });
  });
});
