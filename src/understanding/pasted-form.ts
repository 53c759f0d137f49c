import type { Vocabulary } from './vocabulary-shape.ts';

const pair =
  /[{,]?\s*["']([\w -]{1,40})["']\s*:\s*(?:"((?:[^"\\\n]|\\.){0,200})"|'([^'\n]{0,200})'|([\d.]{1,40}|true|false|null))\s*(?:\}\s*)*/g;
const element = /<([a-z][\w-]{0,30})>([^<>\n]{0,200})<\/\1>/gi;
const assignment =
  /(?<![^\s,;&?(|]|:\/\/\S*)(?:--)?([a-z][\w-]{1,30})=(?:"([^"\n]{0,200})"|([^\s=;,&"][^=;,&"\n]{0,80}?(?=\s*(?:[;,&)]|$|\n)|\s+(?:--)?[a-z][\w-]{1,30}=)))[;,&)]?/gi;
/** `Company ..... Contoso`, `User = Jane Doe` */
const leader =
  /(?<=^|\n)([a-z]\w{1,20}(?: \w{1,12}){0,2}?)(?: \.{2,} ?| ?\.{4,} ?| \. )(?=\S)|(?<=^|[.;,|] |\n)([a-z][\w ]{1,24}?) = (?=[^\s=])/gi;

/**
 * Writes what was pasted from a program as the lines of a form, `label: value`: JSON, XML, `key=value`, quoted cells,
 * questions with their answers. A first and a last name become one name. Other text stays as it is.
 */
export function writeAsForm(text: string, { form }: Pick<Vocabulary, 'form'>): string {
  const toLine = (_all: string, key: string, ...groups: readonly (string | number | undefined)[]): string => {
    const value = groups.slice(0, -2).find((group) => group !== undefined) ?? '';
    return `\n${key.replaceAll(/(?<=[a-z])(?=[A-Z])|[_-]/g, ' ')}: ${String(value)}\n`;
  };
  const unled = text.replaceAll(leader, '$1$2: ').replaceAll(form.nested, '"$1":');
  // One element alone may be a name that looks so.
  const isXml = (unled.match(element)?.length ?? 0) > 1;
  const lines = (isXml ? unled.replace(element, toLine).replaceAll(/<\/?[a-z][\w-]{0,30}>/gi, '') : unled)
    .replace(pair, toLine)
    .replace(assignment, toLine)
    .replaceAll(/\n\s*[{}[\],]+(?=\s*(?:\n|$))|^\s*[{[]+\s*(?=\n)/gi, '')
    .split('\n')
    .map((line) =>
      /^"[^"]*"(?:[,;]\s?"[^"]*")+$/.test(line) ? line.slice(1, -1).replaceAll(/"[,;]\s?"/g, ' | ') : line,
    )
    .filter((line) => line.trim() !== '');
  const isTable = lines.length > 1 && lines.every((line) => /^[\w .-]{2,24} \| [^|]+$/.test(line));
  if (isTable) return lines.map((line) => line.replace(' | ', ': ')).join('\n');
  if (lines.length > 2 && lines.every((line) => form.column.test(line)))
    return lines.map((line) => line.replace(form.column, '$&:')).join('\n');
  const isForm = lines.filter((line) => form.labelled.test(line)).length > 1;
  const plain = isForm ? lines.map(answerOf).join('\n') : lines.join('\n');
  const [first, ...moreFirst] = [...plain.matchAll(form.firstName)];
  const [last, ...moreLast] = [...plain.matchAll(form.lastName)];
  if (first === undefined || last === undefined || moreFirst.length + moreLast.length > 0) return plain;
  return plain.replace(first[0], ' ').replace(last[0], `\n${form.user}: ${first[1] ?? ''} ${last[1] ?? ''}\n`);

  function answerOf(line: string): string {
    const known = form.questions.find(([, pattern]) => pattern.test(line));
    return known === undefined ? line : line.replace(known[1], `${known[0]}: `);
  }
}
