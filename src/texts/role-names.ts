/**
 * What Entra calls a directory role today, by the name of years ago that Partner Center still gives. Decisions rest on the
 * template id alone. See https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference.
 */
const namesOfToday: ReadonlyMap<string, string> = new Map([
  ['Company Administrator', 'Global Administrator'],
  ['User Account Administrator', 'User Administrator'],
  ['Password Administrator', 'Helpdesk Administrator'],
  ['Exchange Service Administrator', 'Exchange Administrator'],
  ['SharePoint Service Administrator', 'SharePoint Administrator'],
  ['Lync Service Administrator', 'Skype for Business Administrator'],
  ['Intune Service Administrator', 'Intune Administrator'],
  ['Power BI Service Administrator', 'Fabric Administrator'],
  ['CRM Service Administrator', 'Dynamics 365 Administrator'],
]);

/** The name of a role to show: today's where it is known, otherwise as it was given. */
export function nameOfRole(given: string): string {
  return namesOfToday.get(given) ?? given;
}
