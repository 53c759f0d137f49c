/** An activity as Teams sends it in a 1:1, with some parts changed. */
export function teamsActivity(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: '1700000000001',
    timestamp: '2026-03-02T09:00:00.000Z',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:1a', name: 'Robin Tech', aadObjectId: '0A1B2C3D-0000-4000-8000-00000000000a' },
    recipient: { id: '28:bot', name: 'Locksmith' },
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId: '11111111-2222-4333-8444-555555555555' },
    channelData: { tenant: { id: '11111111-2222-4333-8444-555555555555' } },
    text: 'reset password for Jane Doe at Contoso',
    textFormat: 'plain',
    ...changes,
  };
}

/** A press of a button as Teams sends it, with some parts of the value changed. */
export function teamsPress(
  value: Readonly<Record<string, unknown>> = {},
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const action = {
    type: 'Action.Execute',
    id: null,
    title: 'Reset password',
    verb: 'confirm',
    data: { request: 'r1' },
  };
  return teamsActivity({
    type: 'invoke',
    id: 'f:1',
    name: 'adaptiveCard/action',
    replyToId: '1700000000000',
    text: undefined,
    value: { action, trigger: 'manual', ...value },
    ...changes,
  });
}
