/** Legal forms as they end a company's name, in lower case and without dots. */
const legalForms = new Set(
  (
    'inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh mbh ag kg kgaa ohg ug se eg ev ek gbr ' +
    'sa sas sasu sarl sprl srl spa snc bv bvba nv cv vof ab oy oyj as asa aps is pty pte kk sl slu sau lda ltda kft zrt sro zoo doo ood eood pvt bhd sdn'
  ).split(' '),
);

/**
 * The ways in which people who know a company type its name. They may drop a leading “The”, the legal form at the end
 * (`Fabrikam, Inc.`, `Bauer GmbH & Co. KG`), or both. At least one word remains.
 */
export function companyNames(name: string): readonly string[] {
  const withoutArticle = name.replace(/^the\s+(?=\S)/i, '');
  return [...new Set([name, withoutArticle, dropLegalForm(name), dropLegalForm(withoutArticle)])];
}

function dropLegalForm(name: string): string {
  let left = name.trim();
  for (;;) {
    const last = /^(.*\S)(?:\s*[,&+]\s*|\s+(?:and\s+)?)([\p{L}.]+(?:\/[\p{L}]+)?)\)?$/u.exec(left);
    const [, before = '', word = ''] = last ?? [];
    const form = word.replaceAll(/[./]/g, '').toLowerCase();
    if (before === '' || !legalForms.has(form)) return left;
    left = before.replace(/[\s,&+(]+$/, '');
    if (left === '') return name;
  }
}

/** A domain without its ending: `contoso` of `contoso.onmicrosoft.com`, `contoso.co` of `contoso.co.uk`. */
export function domainLabel(domain: string): string {
  return domain.replace(/(?:\.onmicrosoft)?\.[a-z]{2,}$/i, '');
}
