import { type Answer, textAnswer } from '../loopback-http.ts';

/** A page of the sandbox. `body` is HTML: who writes it escapes what is a stranger's. Each but the first one links back to that. */
export function renderPage({
  title,
  body,
  isWide = false,
  isFirst = false,
  looksAgain = false,
}: {
  readonly title: string;
  readonly body: string;
  readonly isWide?: boolean;
  readonly isFirst?: boolean;
  /** Whether the browser loads it again every few seconds. */
  readonly looksAgain?: boolean;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${looksAgain ? '<meta http-equiv="refresh" content="5">\n' : ''}<title>${escapeHtml(title)}</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: ${isWide ? 52 : 34}rem; margin: 6vh auto; padding: 0 1rem; }
  nav { font-size: 0.9rem; }
  label { display: block; margin-top: 1rem; }
  input { font: inherit; box-sizing: border-box; width: 100%; padding: 0.5rem; }
  button, select { font: inherit; margin: 0.75rem 0.5rem 0 0; padding: 0.25rem 1rem; }
  table { border-collapse: collapse; width: 100%; font-size: 1rem; }
  th, td { text-align: left; padding: 0.4rem 0.6rem; border-bottom: 1px solid #ccc; }
  article, .waits { border-left: 4px solid #6264a7; background: #f5f5f5; padding: 0.5rem 1rem 0.75rem; margin: 1rem 0; }
  article header { font-size: 0.85rem; color: #555; }
  .waits p { margin: 0.25rem 0; overflow-wrap: anywhere; }
  dt { margin-top: 0.75rem; }
  dd { margin: 0; color: #555; }
</style>
</head>
<body>
${isFirst ? '' : '<nav><a href="/">Everything in this sandbox</a></nav>\n'}<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

export function htmlAnswer(status: number, html: string): Answer {
  return textAnswer(status, html, 'text/html; charset=utf-8');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
