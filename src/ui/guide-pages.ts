import type { Line } from '../core/line.ts';
import { wrapText } from './wrap.ts';

/** What a page of the guide needs of a step. */
export interface GuidePage {
  readonly id: string;
  readonly title: string;
  readonly where: string;
  readonly do: readonly string[];
  readonly notes?: readonly string[];
  readonly values?: readonly string[];
}

interface PageOptions {
  readonly width: number;
  readonly unicode: boolean;
  /** Only ids and titles: the table of contents. */
  readonly overview: boolean;
}

export function guideLines(pages: readonly GuidePage[], options: PageOptions): Line[] {
  if (!options.overview)
    return pages.flatMap((page, index) => [...(index > 0 ? [['']] : []), ...pageLines(page, options)]);
  const columns = Math.max(...pages.map((page) => page.id.length)) + 3;
  const contents = pages.map((page): Line => [`  ${page.id.padEnd(columns)}`, page.title]);
  return [...contents, [''], ['Read on: sf-handoff guide miaw, sf-handoff guide metadata.4']];
}

function pageLines(page: GuidePage, options: PageOptions): Line[] {
  const bullet = options.unicode ? '•' : '-';
  const block = (marks: (index: number) => string, texts: readonly string[]) =>
    texts.flatMap((text, index) => paragraph(`  ${marks(index)} `, text, options.width));
  const section = (title: string, texts: readonly string[] | undefined) =>
    texts && texts.length > 0 ? [[''], [{ text: title, tone: 'dim' as const }], ...block(() => bullet, texts)] : [];
  return [
    [{ text: page.id, tone: 'accent' }, '  ', { text: page.title, tone: 'bold' }],
    ...paragraph('  ', options.unicode ? page.where : page.where.replaceAll('›', '>'), options.width),
    [''],
    ...block((index) => `${index + 1}.`.padStart(3), page.do),
    ...section('  Values', page.values),
    ...section('  Mind', page.notes),
  ];
}

function paragraph(lead: string, text: string, width: number): Line[] {
  return wrapText(text, width - lead.length).map((part, index) => [index === 0 ? lead : ' '.repeat(lead.length), part]);
}
