import { z } from 'zod';

const scopes = ['personal', 'team', 'groupChat'];

/**
 * What the bot needs of a manifest, beyond Microsoft's schema: the three scopes, the two icons, installed for a person
 * first (the password goes to the 1:1 chat), and nothing that lets other tenants in or asks for permissions.
 */
export const ourManifestRules = z.looseObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'has to be three numbers, such as 1.0.0'),
  icons: z.looseObject({ color: z.literal('color.png'), outline: z.literal('outline.png') }),
  bots: z
    .array(
      z.looseObject({
        scopes: z.array(z.string()).refine(hasEveryScope, 'has to be personal, team and groupChat'),
        commandLists: z
          .array(z.looseObject({ scopes: z.array(z.string()) }))
          .refine(
            (lists) => hasEveryScope(lists.flatMap((list) => list.scopes)),
            'has to list commands for every scope',
          ),
      }),
    )
    .length(1, 'has to hold exactly one bot'),
  defaultInstallScope: z.literal('personal', 'has to be personal'),
  supportsChannelFeatures: z.never('has to be left out: it lets people of other tenants in').optional(),
  authorization: z.never('has to be left out: the bot needs no such permission').optional(),
});

function hasEveryScope(given: readonly string[]): boolean {
  return given.length === scopes.length && scopes.every((scope) => given.includes(scope));
}
