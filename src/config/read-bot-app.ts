import type { BotApp } from '../sign-in/bot-token.ts';
import type { SettingReader } from './create-setting-reader.ts';

/** The Azure Bot, by the Bot Framework's own names; whatever is wrong with them goes into `problems`. */
export function readBotApp(read: SettingReader, problems: string[]): BotApp {
  const appId = read.neededGuid('MicrosoftAppId');
  const tenantId = read.neededGuid('MicrosoftAppTenantId');
  switch (read.oneOf('MicrosoftAppType', ['SingleTenant', 'UserAssignedMsi'], 'SingleTenant')) {
    case 'SingleTenant':
      return { kind: 'single-tenant', appId, tenantId, password: read.neededSecret('MicrosoftAppPassword') };
    case 'UserAssignedMsi':
      if (read.text('MicrosoftAppPassword') !== undefined) {
        problems.push('MicrosoftAppPassword is set, but a UserAssignedMsi bot has no password');
      }
      return { kind: 'managed-identity', appId };
  }
}
