/** First names of made-up users. */
export const firstNames: readonly string[] = `
  Aaliyah Abel Ada Agnes Aiko Alma Amal Amara Andre Anika Anton Arjun Astrid Bao Beatriz Benno Bilal Birgit
  Bruno Camille Carlos Cecilia Chidi Clara Daan Dalia Daniel Dara Delia Dmitri Edith Elena Elif Emeka Emil Enzo
  Esther Farah Felix Finn Freya Gabriel Greta Hana Hassan Helga Hugo Ibrahim Ida Imani Ingrid Iris Ivan Jakub
  Jamal Jana Jasper Jin Joana Jonas Julia Kaori Karim Katrin Keiko Kofi Lars Laila Leon Lina Lucia Luis Magnus
  Malik Marta Mateo Mila Mohamed Nadia Naomi Nils Nina Nora Olga Omar Oscar Paula Pavel Petra Priya Rafael Rania
  Rosa Ruth Sami Sanna Selma Tariq Thea Tomas Uma
`
  .trim()
  .split(/\s+/);
