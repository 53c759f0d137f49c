/** Legal forms as they end a company's name, in lower case and without dots. A form of several words is one entry a word. */
const legalForms = new Set(
  (
    'inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh mbh ag kg kgaa ohg ug se eg ev ek gbr ' +
    'sa sas sasu sarl sprl srl spa snc bv bvba nv cv vof ab oy oyj as asa aps is pty pte kk sl slu sau lda ltda kft zrt sro zoo doo ood eood pvt bhd sdn'
  ).split(' '),
);

/** Whether a word is a legal form, with or without dots. */
export function isLegalForm(word: string): boolean {
  return legalForms.has(word.replaceAll(/[./]/g, '').toLowerCase());
}

const shortForms: Readonly<Record<string, string>> = {
  incorporated: 'inc',
  limited: 'ltd',
  corporation: 'corp',
  company: 'co',
};

/** The short spelling of a legal form that has a long one, such as `ltd` for `limited`; others as they are. */
export function shortLegalForm(form: string): string {
  return shortForms[form] ?? form;
}
