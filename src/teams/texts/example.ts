/** The sentence that shows how to ask. */
export const example = 'reset password for Jane Doe at Contoso';
