import type { ValueOptions } from '../config/load.ts';
import type { Context } from '../context.ts';
import type { Validation } from '../core/config.ts';
import { EXIT } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { shellWord } from '../core/shell-word.ts';
import { koreForm, valuesReport } from '../ui/values-report.ts';
import { resolveTarget } from './target.ts';

/** Judges the values offline: 0 where all will work as given, 1 otherwise. */
export async function run(options: ValueOptions, context: Context): Promise<number> {
  const { validation, name } = await resolveTarget(options, context);
  if (context.io.json) await context.io.printJson(toJson(validation), 'document');
  else await context.io.print(report(validation, name, options, context));
  return validation.ok ? EXIT.ok : EXIT.no;
}

function report(validation: Validation, name: string, given: ValueOptions, context: Context): Line[] {
  const { io } = context;
  const options = { width: io.width, unicode: io.unicode, verbose: io.verbose };
  const channel = validation.channel === 'miaw' ? 'MIAW' : 'Live Chat';
  const head: Line[] = io.quiet
    ? []
    : [['sf-handoff validate   ', { text: `${name} · ${channel}`, tone: 'dim' }], ['']];
  const next: Line = validation.ok
    ? [{ text: `All values are usable. Next: ${nextCommand(given)}`, tone: 'ok' }]
    : [{ text: 'Correct what is marked above, then run sf-handoff validate again.', tone: 'fail' }];
  return [...head, ...valuesReport(validation, options), ...koreForm(validation, io.width), [''], next];
}

/** The command that goes on with the same values; values given by flags are best saved first. */
function nextCommand(given: ValueOptions): string {
  if (given.from === '-') return 'sf-handoff init, to save them';
  if (given.from !== undefined) return `sf-handoff init --from ${shellWord(given.from)}`;
  if (given.profile !== undefined) return `sf-handoff doctor --profile ${shellWord(given.profile)}`;
  return 'sf-handoff doctor, with the same values';
}

/** The document of the public interface: sources as words, with the line of a paste beside them. */
function toJson(validation: Validation): object {
  const { config: _, ...document } = validation;
  const values = validation.values.map(({ source, ...row }) => ({
    field: row.field,
    source: source.kind,
    ...(source.name === undefined ? {} : { sourceName: source.name }),
    ...(source.line === undefined ? {} : { line: source.line }),
    given: row.given,
    value: row.value,
    status: row.status,
    findings: row.findings,
  }));
  return {
    channel: document.channel,
    ok: document.ok,
    values,
    findings: document.findings,
    unused: document.unused,
    koreForm: document.koreForm,
  };
}
