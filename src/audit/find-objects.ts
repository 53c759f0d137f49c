/** Where so many beginnings of objects in a text lead to none, no more is looked for. */
const mostFailures = 20;

/** The JSON objects that stand in a text one after the other, whatever is between them. */
export function* findObjects(text: string): Generator<unknown, void> {
  let failures = 0;
  for (let start = text.indexOf('{'); start !== -1 && failures < mostFailures;) {
    const end = findEnd(text, start);
    const value = end === undefined ? undefined : parse(text.slice(start, end));
    if (value === undefined || end === undefined) failures += 1;
    else yield value;
    start = text.indexOf('{', value === undefined ? start + 1 : end);
  }
}

/** Behind the brace that closes the one at `start`; undefined where none does. */
function findEnd(text: string, start: number): number | undefined {
  const marks = /\\.|["{}]/gs;
  marks.lastIndex = start;
  let open = 0;
  let isText = false;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') isText = !isText;
    else if (!isText && mark[0] === '{') open += 1;
    else if (!isText && mark[0] === '}') {
      open -= 1;
      if (open === 0) return marks.lastIndex;
    }
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
