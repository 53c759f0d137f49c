const hosts = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]);
const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An address that may be given the bot's token, written the one way it is used; or why it may not. */
export type ServiceUrl =
  | { readonly kind: 'allowed'; readonly url: string }
  | { readonly kind: 'refused'; readonly why: 'not-an-address' | 'not-https' | 'not-bare' | 'foreign-host' };

/**
 * Takes exactly Microsoft's own connector hosts over https on port 443, and with `loopback` exactly this machine
 * instead. A suffix is no proof: anybody can register a name under `trafficmanager.net`. See
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages.
 */
export function readServiceUrl(text: string, options: { readonly loopback: boolean }): ServiceUrl {
  // URL parsers disagree about spaces, control characters and backslashes, so none of them gets that far.
  if (text.length > 1024 || !/^[!-[\]-~]+$/.test(text) || !URL.canParse(text)) {
    return { kind: 'refused', why: 'not-an-address' };
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) return { kind: 'refused', why: 'not-bare' };
  if (options.loopback) {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return { kind: 'refused', why: 'not-https' };
    return loopbackHosts.has(url.hostname)
      ? { kind: 'allowed', url: url.href }
      : { kind: 'refused', why: 'foreign-host' };
  }
  if (url.protocol !== 'https:') return { kind: 'refused', why: 'not-https' };
  if (url.port !== '' || !hosts.has(url.hostname)) return { kind: 'refused', why: 'foreign-host' };
  return { kind: 'allowed', url: url.href };
}
