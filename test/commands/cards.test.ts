import { expect, it } from '@jest/globals';
import { buildGallery, renderEveryCard } from '../../src/commands/cards/card-gallery.ts';

it('puts every card on one page that needs nothing else', async () => {
  const page = await buildGallery();
  for (const { name } of renderEveryCard()) expect(page).toContain(JSON.stringify(name));
  expect(page).not.toMatch(/<script[^>]* src=|<link/);
  expect(page).not.toContain('<at>Everyone');
  expect(page.match(/<script/g)).toHaveLength(4);
});
