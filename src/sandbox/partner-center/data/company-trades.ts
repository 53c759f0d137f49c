/** What made-up companies do. */
export const companyTrades: readonly string[] = `
  Accounting Analytics Architects Books Builders Carpentry Clinics Coffee Design Energy Engineering Farms Films
  Foods Freight Insurance Legal Logistics Optics Press Robotics Textiles Tours
`
  .trim()
  .split(/\s+/);
