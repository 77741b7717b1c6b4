import { because, type Causes } from './cause.ts';

/** The command line, files, and sf-handoff itself. */
export const PROGRAM_CAUSES: Causes = {
  VALUES_INVALID: because(
    'A command that needs the values does not start.',
    'At least one value cannot be used, and nothing could be made of it.',
    'sf-handoff validate shows each with its mend.',
  ),
  MISSING_VALUE: because(
    'A command does not start.',
    'A value it needs was not given, and nobody is there to ask.',
    'Give it by a flag, or save it once: sf-handoff init.',
  ),
  UNKNOWN_OPTION: because(
    'A command does not start.',
    'The option does not exist; the nearest is named.',
    'sf-handoff <command> --help lists them.',
  ),
  UNKNOWN_COMMAND: because(
    'Nothing happens.',
    'The command does not exist; the nearest is named.',
    'sf-handoff --help lists them.',
  ),
  INVALID_ARGUMENT: because(
    'A command does not start.',
    'The message names the argument that cannot be used as given.',
    'The hint shows the form that can.',
  ),
  FILE_UNREADABLE: because(
    'A command does not start.',
    'The named file could not be read.',
    'Check its path and rights.',
  ),
  FILE_UNWRITABLE: because(
    'A result was not kept.',
    'The named file could not be written.',
    'Check its path, the rights of the folder, and the room on the disk.',
  ),
  CONFIG_INVALID: because(
    'A command does not start.',
    'The project or configuration file is not what it should be; the message says where.',
    'Correct it, or write a new one: sf-handoff init --project.',
  ),
  PROFILE_NOT_FOUND: because(
    'A command does not start.',
    'No profile of that name is in the file or among the stored ones.',
    'sf-handoff profile list shows them.',
  ),
  PROFILE_EXISTS: because(
    'A profile was not saved.',
    'One of that name is there already.',
    'Choose another name, or replace it with --force.',
  ),
  PROFILES_UNREADABLE: because(
    'No stored profile can be used.',
    'The file of the stored profiles is damaged, or of a newer version.',
    'sf-handoff profile path shows where it is; correct it or move it away.',
  ),
  RECORDING_INVALID: because(
    'The simulator does not play a recording back.',
    'The file is not what test-chat --record writes, or is cut off; the message says where.',
    'Record it again: sf-handoff test-chat --record chat.jsonl.',
  ),
  PORT_IN_USE: because(
    'The simulator does not start.',
    'Something else listens at that port.',
    'sf-handoff simulate --port 0 takes a free one.',
  ),
  INTERNAL: because(
    'A check is shown as crashed, or a command ends with code 70.',
    'sf-handoff met something that it did not foresee.',
    'Run it again with --verbose and report what it prints, with a bundle: sf-handoff doctor --bundle bundle.json.',
  ),
  INTERRUPTED: because(
    'The command ended before it was done.',
    'Ctrl-C was pressed, or nobody reads the output any more.',
    'Run it again when you like; an open chat was closed first.',
  ),
  TERMINATED: because(
    'The command ended before it was done.',
    'The system or a CI job asked it to end (SIGTERM).',
    'Run it again when you like; an open chat was closed first.',
  ),
};
