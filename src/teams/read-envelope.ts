import type { Activity } from 'botbuilder';

import { readOwn } from './read-own.ts';
import { readOwnText } from './read-own-text.ts';
import { readServiceUrl } from './read-service-url.ts';

/**
 * What the SDK needs of an activity to check its token and run a turn, and no more: it crashes on some of the rest,
 * and obeys some of it (`deliveryMode`, a role of a skill). Undefined where it may not be answered to its address.
 */
export function readEnvelope(activity: object, { sandbox }: { readonly sandbox: boolean }): Activity | undefined {
  const serviceUrl = readOwnText(activity, 'serviceUrl', 1024);
  if (serviceUrl === undefined) return undefined;
  if (readServiceUrl(serviceUrl, { loopback: sandbox }).kind === 'refused') return undefined;
  const readId = (key: string) => ({ id: readOwnText(readOwn(activity, key), 'id', 512) ?? '', name: '' });
  return {
    type: readOwnText(activity, 'type', 64) ?? '',
    id: readOwnText(activity, 'id', 512) ?? '',
    channelId: readOwnText(activity, 'channelId', 64) ?? '',
    // As it was sent: the token names the address in exactly this spelling.
    serviceUrl,
    from: readId('from'),
    recipient: readId('recipient'),
    conversation: { ...readId('conversation'), isGroup: false, conversationType: '' },
    // The SDK's type asks for these; nobody reads them.
    localTimezone: '',
    callerId: '',
    text: '',
    label: '',
    valueType: '',
    listenFor: [],
  };
}
