import { z } from 'zod';

const shown = z.looseObject({
  version: z.string(),
  developer: z.looseObject({
    name: z.string(),
    websiteUrl: z.string(),
    privacyUrl: z.string(),
    termsOfUseUrl: z.string(),
  }),
  name: z.looseObject({ short: z.string(), full: z.string() }),
  description: z.looseObject({ short: z.string(), full: z.string() }),
  accentColor: z.string(),
  bots: z.array(
    z.looseObject({
      commandLists: z.array(
        z.looseObject({
          scopes: z.array(z.string()),
          commands: z.array(z.looseObject({ title: z.string(), description: z.string() })),
        }),
      ),
    }),
  ),
});

/**
 * Draws what a manifest says on one page that needs nothing else: icons, names, descriptions, publisher and the commands of each
 * place. It is a page of Locksmith's own: how Teams arranges these, no validator tells.
 */
export function renderPackagePreview(
  manifest: string,
  { color, outline }: { readonly color: Uint8Array; readonly outline: Uint8Array },
): string {
  const app = shown.parse(JSON.parse(manifest));
  const image = (bytes: Uint8Array): string => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
  const { name, description, developer, accentColor } = app;
  const link = (label: string, address: string): string => `<li>${label}: ${escapeHtml(address)}</li>`;
  const lists = app.bots.flatMap(({ commandLists }) => commandLists);
  const commands = lists.map(({ scopes, commands: all }) => {
    const rows = all.map(({ title, description: says }) => `<dt>${escapeHtml(title)}</dt><dd>${escapeHtml(says)}</dd>`);
    return `<h2>Commands: ${escapeHtml(scopes.join(', '))}</h2><dl>${rows.join('')}</dl>`;
  });
  const paragraphs = description.full.split('\n\n').map((text) => `<p>${escapeHtml(text)}</p>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(name.short)}: the app package</title><style>${style}</style></head>
<body><p class="note">Drawn by Locksmith from the manifest of the package. Teams shows the same words and icons, in its own way.</p>
<main><header><img src="${image(color)}" width="96" height="96" alt="The color icon">
<span class="outline" style="background:${escapeHtml(accentColor)}"><img src="${image(outline)}" width="32" height="32" alt="The outline icon"></span>
<div><h1>${escapeHtml(name.short)}</h1><p>${escapeHtml(name.full)}</p><p>${escapeHtml(developer.name)}, version ${escapeHtml(app.version)}</p></div></header>
<p><strong>${escapeHtml(description.short)}</strong></p>${paragraphs.join('')}
${commands.join('')}
<h2>Published by ${escapeHtml(developer.name)}</h2><ul>${link('Website', developer.websiteUrl)}${link('Privacy', developer.privacyUrl)}${link('Terms', developer.termsOfUseUrl)}</ul>
</main></body></html>
`;
}

const style =
  'body{margin:24px;background:#ebebeb;color:#242424;font:14px/1.5 "Segoe UI",system-ui,sans-serif}' +
  'main{max-width:640px;padding:24px;border-radius:8px;background:#fff}header{display:flex;gap:16px;align-items:center}' +
  '.outline{padding:8px;border-radius:4px}.outline img{display:block}h1{margin:0;font-size:24px}h2{font-size:16px}header p{margin:0}' +
  'dl{display:grid;grid-template-columns:12em 1fr;gap:4px 12px}dt{font-weight:600}dd{margin:0}.note{color:#616161}';

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
