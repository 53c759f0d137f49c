/** What Partner Center wants of a token for a user. */
export const partnerCenterScope = 'https://api.partnercenter.microsoft.com/user_impersonation';
