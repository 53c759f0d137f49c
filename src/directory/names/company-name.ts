/** Legal forms as they end a company's name, in lower case and without dots. */
const legalForms = new Set(
  (
    'inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh mbh ag kg kgaa ohg ug se eg ev ek gbr ' +
    'sa sas sasu sarl sprl srl spa snc bv bvba nv cv vof ab oy oyj as asa aps is pty pte kk sl slu sau lda ltda kft zrt sro zoo doo ood eood pvt bhd sdn'
  ).split(' '),
);

/**
 * The ways in which people who know a company type its name. They may drop a leading “The”, the legal form at the end
 * (`Fabrikam, Inc.`, `Bauer GmbH & Co. KG`), or both, and write “and” for “&”. At least one word remains.
 */
export function companyNames(name: string): readonly string[] {
  const withoutArticle = name.replace(/^the\s+(?=\S)/i, '');
  const forms = [name, withoutArticle, dropLegalForm(name), dropLegalForm(withoutArticle)];
  return [...new Set([...forms, ...forms.map(spellAnd)])];
}

/** `Smith & Sons` as it is spoken. */
function spellAnd(name: string): string {
  return name.replaceAll(/\s+&\s+/g, ' and ');
}

function dropLegalForm(name: string): string {
  let left = name.trim();
  for (;;) {
    const last = /^(.*\S)(?:\s*[,&+]\s*|\s+(?:and\s+)?)([\p{L}.]+(?:\/[\p{L}]+)?)\)?$/u.exec(left);
    const [, before = '', word = ''] = last ?? [];
    if (before === '' || !isLegalForm(word)) return left;
    left = before.replace(/[\s,&+(]+$/, '');
    if (left === '') return name;
  }
}

/** Whether a word is a legal form, with or without dots. */
export function isLegalForm(word: string): boolean {
  return legalForms.has(word.replaceAll(/[./]/g, '').toLowerCase());
}

/** A domain without its ending: `contoso` of `contoso.onmicrosoft.com`, `contoso.co` of `contoso.co.uk`. */
export function domainLabel(domain: string): string {
  return domain.replace(/(?:\.onmicrosoft)?\.[a-z]{2,}$/i, '');
}
